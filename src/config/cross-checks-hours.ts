// Rules between the values of levels and calendars.

import { listOf, type Report, type Values, valuesOf } from './raw-values.ts';

/** Reports levels without their calendar, calendars that never work, and dates that stand in another year. */
export function hoursChecks(config: Values, report: Report): void {
  const calendars = config.calendars === undefined ? { support: {} } : valuesOf(config.calendars);
  for (const level of ['free', 'partner', 'development', 'consulting']) {
    const { calendar = 'support' } = valuesOf(valuesOf(config.levels)[level]);
    if (typeof calendar !== 'string' || Object.hasOwn(calendars, calendar)) continue;
    report(['calendars'], `there is no calendar ${calendar}, by which the time of ${level} is counted; add it`);
  }
  for (const [name, calendar] of Object.entries(calendars)) {
    const { weekdays, daysOff, years } = valuesOf(calendar);
    if (weekdays === 'closed' && daysOff === 'closed')
      report(['calendars', name], 'nobody ever works by this calendar; give hours to weekdays or daysOff');
    for (const [year, values] of Object.entries(valuesOf(years)))
      yearChecks(year, valuesOf(values), ['calendars', name, 'years', year], report);
  }
}

function yearChecks(year: string, values: Values, path: readonly (string | number)[], report: Report): void {
  const dates: readonly (readonly [readonly (string | number)[], unknown])[] = [
    ...listOf(values.holidays).map((date, index) => [['holidays', index], date] as const),
    ...listOf(values.moved).map((each, index) => [['moved', index, 'from'], valuesOf(each).from] as const),
    ...Object.keys(valuesOf(values.shortened)).map((date) => [['shortened', date], date] as const),
  ];
  for (const [where, date] of dates) {
    if (typeof date === 'string' && /^\d{4}-/.test(date) && !date.startsWith(`${year}-`))
      report([...path, ...where], `${date} is no date of ${year}; put it under its own year`);
  }
  listOf(values.closures).forEach((closure, index) => {
    const { from, to } = valuesOf(closure);
    if (typeof from !== 'string' || typeof to !== 'string') return;
    if (`${to}${to.includes('T') ? '' : 'T24:00'}` <= `${from}${from.includes('T') ? '' : 'T00:00'}`)
      report([...path, 'closures', index, 'to'], 'the closure ends before it begins');
  });
}
