/** Named steps of one way: each counts as a test, and the first that fails ends the way. */
export function steps(t) {
  return async (name, run) => {
    let failed = false;
    await t.test(name, async () => {
      try {
        return await run();
      } catch (error) {
        failed = true;
        throw error;
      }
    });
    if (failed) throw new Error(`the way ended at: ${name}`);
  };
}
