/** The page stays usable while a picture is made: no stretch of work is longer than this, in ms. */
const STRETCH = 25;
/** The whole picture, in ms: a page that takes longer gets a simpler one. */
const LIMIT = 8000;

export class Pace {
  private readonly begun = performance.now();
  private since = this.begun;

  /** Is it time to let the page have its turn? */
  due(): boolean {
    return performance.now() - this.since > STRETCH;
  }

  async rest(): Promise<void> {
    await new Promise((done) => setTimeout(done));
    this.since = performance.now();
    if (this.since - this.begun > LIMIT) throw new Error("no picture");
  }
}
