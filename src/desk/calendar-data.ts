// A calendar as people write it: in the configuration, or in the package for a country.

/** What is known of one year. Dates are like 2026-11-04; what is left out comes from the calendar's country. */
export interface YearData {
  /** Provisional: by the law alone, before the government has decreed it. */
  readonly state?: 'decreed' | 'provisional' | undefined;
  readonly holidays?: readonly string[] | undefined;
  /** Rest that is moved: `to` becomes a day off, and `from` a working day unless it is a holiday. */
  readonly moved?: readonly { readonly from: string; readonly to: string }[] | undefined;
  /** Other hours on single dates. */
  readonly shortened?: Readonly<Record<string, string>> | undefined;
  /** Nobody works: from and to as dates (both included) or as date and time on the calendar's clocks. */
  readonly closures?: readonly { readonly from: string; readonly to: string }[] | undefined;
}

/** Hours are like `08:00-20:00`, `08:00-13:00, 14:00-20:00` or `closed`. */
export interface CalendarData {
  readonly timeZone: string;
  readonly weekdays: string;
  readonly daysOff: string;
  readonly holidays: 'russia' | 'none';
  readonly years: Readonly<Record<string, YearData>>;
}
