// Data folders that are whole, or nearly, and must not be touched all the same: what a newer kvitok wrote means what an older one
// does not know, and what a restore left half way is no store.

/** A file of the data folder was written by a newer kvitok than this one. */
export class NewerVersion extends Error {
  readonly code = 'KVITOK_NEWER';

  constructor(file: string) {
    super(
      `${file} was written by a newer version of kvitok; install that one again, or put back a backup from before the upgrade with kvitok restore`,
    );
  }
}

/** A restore into the data folder was cut off. */
export class HalfRestored extends Error {
  constructor() {
    super('a restore into it did not come to its end; run kvitok restore once more');
  }
}
