// Going back to an older kvitok: what a newer one wrote must not be touched by a program that does not know what it means.

/** A file of the data folder was written by a newer kvitok than this one. */
export class NewerVersion extends Error {
  readonly code = 'KVITOK_NEWER';

  constructor(file: string) {
    super(
      `${file} was written by a newer version of kvitok; install that one again, or put back a backup from before the upgrade with kvitok restore`,
    );
  }
}
