/** The test kit: virtual time, golden files, splitting, seeds, hex, foreign programs. Used by the tests of all modules. */
package lancaster.kit;
