/** Why the service does not start, in lines for the operator: what to put right, and where. */
export class StartRefused extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[], cause?: unknown) {
    super(lines[0], { cause });
    this.name = 'StartRefused';
    this.lines = lines;
  }
}
