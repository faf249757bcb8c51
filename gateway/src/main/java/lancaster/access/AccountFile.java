package lancaster.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.access.crypto.PasswordHash;

/** Accounts and tokens as a JSON file. What it holds of secrets are hashes. */
final class AccountFile {
    private static final int VERSION = 1;
    private static final long MAX_FILE_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private AccountFile() {}

    /** @throws IOException if it can't be read, or isn't one; the message says where and holds no hash */
    static Accounts read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IOException(file + " is too large for a file of accounts");
        }
        JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new IOException(
                    file + " isn't JSON in line " + e.getLocation().getLineNr(), e);
        }
        if (root.path("version").asInt() != VERSION) {
            throw new IOException(file + " isn't a file of accounts that this version knows");
        }
        List<Account> accounts = new ArrayList<>();
        List<ApiToken> tokens = new ArrayList<>();
        try {
            root.path("accounts").forEach(node -> accounts.add(account(node)));
            root.path("tokens").forEach(node -> tokens.add(token(node)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException(file + " has an entry that can't be read: " + e.getMessage(), e);
        }
        if (accounts.size() > Accounts.LIMIT || tokens.size() > Accounts.LIMIT) {
            throw new IOException(file + " holds more than " + Accounts.LIMIT + " accounts or tokens");
        }
        return new Accounts(accounts, tokens);
    }

    static void write(Path file, Accounts all) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        ArrayNode accounts = root.putArray("accounts");
        for (Account account : all.accounts()) {
            accounts.addObject()
                    .put("name", account.name())
                    .put("role", account.role().word())
                    .put("password", account.password().text())
                    .put("changed", account.changed().toString());
        }
        ArrayNode tokens = root.putArray("tokens");
        for (ApiToken token : all.tokens()) {
            ObjectNode node = tokens.addObject()
                    .put("name", token.name())
                    .put("role", token.role().word())
                    .put("sha256", token.digest())
                    .put("made-by", token.madeBy())
                    .put("created", token.created().toString());
            token.until().ifPresent(until -> node.put("until", until.toString()));
        }
        PrivateFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + '\n');
    }

    private static Account account(JsonNode node) {
        String name = name(node);
        PasswordHash password = PasswordHash.parse(text(node, "password"))
                .orElseThrow(
                        () -> new IllegalArgumentException("the password of " + name + " isn't hashed by Argon2id"));
        return new Account(name, role(node), password, Instant.parse(text(node, "changed")));
    }

    private static ApiToken token(JsonNode node) {
        return new ApiToken(
                name(node),
                role(node),
                text(node, "sha256"),
                text(node, "made-by"),
                Instant.parse(text(node, "created")),
                node.has("until") ? Optional.of(Instant.parse(text(node, "until"))) : Optional.empty());
    }

    private static String name(JsonNode node) {
        String name = text(node, "name");
        if (!Account.isName(name)) {
            throw new IllegalArgumentException("a name must be of " + Account.NAME_FORM);
        }
        return name;
    }

    private static Role role(JsonNode node) {
        return Role.parse(text(node, "role"))
                .orElseThrow(() -> new IllegalArgumentException(name(node) + " has no role that there is"));
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("\"" + key + "\" is missing");
        }
        return value.asText();
    }
}
