/** The packed jar, run after packaging as an administrator runs it. */
package lancaster.jar;
