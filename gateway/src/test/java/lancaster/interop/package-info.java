/** The whole gateway with foreign encoders and players, in real time. */
package lancaster.interop;
