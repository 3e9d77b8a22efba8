/**
 * Named steps of one way: each counts as a test, and the first that fails ends the way.
 *
 * `known` names a fault that is known and not mended yet: the step runs, counts as known, and fails nothing.
 */
export function steps(t) {
  return async (name, run, known) => {
    let failed = false;
    await t.test(name, { todo: known }, async () => {
      try {
        return await run();
      } catch (error) {
        failed = !known;
        throw error;
      }
    });
    if (failed) throw new Error(`the way ended at: ${name}`);
  };
}
