// Chooses the preset before any module of the client asks for it, and runs the beacon node of run.mjs.
process.env.LODESTAR_PRESET = "minimal";
await import("./run.mjs");
