/** Long enough that going on elsewhere costs little (docs/decisions/0008), short enough that others soon have a turn. */
const SLICE_SECONDS = 5;

/** How long a run may keep its slot before other connectors have their turn. It ends at the end of a page, after at least one. */
export class Slice {
  private readonly until: number;

  constructor(seconds: number = SLICE_SECONDS) {
    this.until = performance.now() + seconds * 1000;
  }

  get isOver(): boolean {
    return performance.now() >= this.until;
  }

  /** @throws SliceOver */
  throwIfOver(): void {
    if (this.isOver) throw new SliceOver();
  }
}

/** The run goes on from its checkpoint when those before it have had their turn. */
export class SliceOver extends Error {
  constructor() {
    super('the run lets others go first');
    this.name = 'SliceOver';
  }
}
