/** 1 MiB: of a million emails 3 % are taken for stored that are not, and looked for in vain. */
const BITS = 2 ** 23;
const PROBES = 3;
/** So many first syncs of one process may wait for their next turn at once; others look for everybody from then on. */
const MOST_RUNS = 4;

/**
 * Whom a run has stored, where nobody was stored before it: a Bloom filter, so that memory does not grow with users. An email
 * that it does not hold was not stored by the run, and no page has to ask PostgreSQL for it.
 */
export class StoredEmails {
  private readonly words = new Uint32Array(BITS / 32);

  add(email: string): void {
    const [first, second] = twoHashes(email);
    for (let probe = 0; probe < PROBES; probe += 1) {
      const bit = (first + probe * second) % BITS;
      this.words[bit >>> 5] = (this.words[bit >>> 5] ?? 0) | (1 << (bit & 31));
    }
  }

  /** May say yes in error, never no. */
  mayHold(email: string): boolean {
    const [first, second] = twoHashes(email);
    for (let probe = 0; probe < PROBES; probe += 1) {
      const bit = (first + probe * second) % BITS;
      if (((this.words[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }
}

/** Two walks over the characters at once (FNV-1a and a multiplicative one), of 32 bits each; the second is odd. */
function twoHashes(text: string): [number, number] {
  let first = 0x81_1c_9d_c5;
  let second = 0x9e_37_79_b1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    first = Math.imul(first ^ code, 0x01_00_01_93);
    second = Math.imul(second ^ (code << 3), 0x85_eb_ca_6b) ^ (second >>> 15);
  }
  first = Math.imul(first ^ (first >>> 16), 0xc2_b2_ae_35);
  return [(first ^ (first >>> 13)) >>> 0, (second | 1) >>> 0];
}

/** Where the emails of a run are complete: after the page before `position`, with nothing that came from a webhook since. */
export interface EmailsPlace {
  position: string | null;
  hintCount: number;
}

/** The emails of runs that let others go first: whoever takes them up again in this process need not begin anew. */
export class RememberedEmails {
  private readonly runs = new Map<string, EmailsPlace & { emails: StoredEmails }>();

  keep(runId: string, place: EmailsPlace, emails: StoredEmails): void {
    this.runs.delete(runId);
    this.runs.set(runId, { ...place, emails });
    const [oldest] = this.runs.keys();
    if (this.runs.size > MOST_RUNS && oldest !== undefined) this.runs.delete(oldest);
  }

  forget(runId: string): void {
    this.runs.delete(runId);
  }

  /** undefined: the run was elsewhere meanwhile, or a webhook has come, or there was no room. */
  take(runId: string, place: EmailsPlace): StoredEmails | undefined {
    const known = this.runs.get(runId);
    this.runs.delete(runId);
    return known?.position === place.position && known.hintCount === place.hintCount ? known.emails : undefined;
  }
}
