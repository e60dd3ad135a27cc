import type { Translate } from '../core/text/translate.ts';

/** Texts, numbers and times in the user's language. */
export interface Words {
  readonly t: Translate;
  number(value: number): string;
  /** How long ago a time was, roughly. `iso` that is no time gives an empty text. */
  age(iso: string): string;
  /** The time of the day, with the date unless it is today. */
  time(iso: string): string;
}

/** @param now the present, in milliseconds */
export function createWords(t: Translate, locale: string, now: () => number = Date.now): Words {
  // Made once: making one costs more than a thousand uses.
  const numbers = new Intl.NumberFormat(locale);
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const datesAndTimes = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  return {
    t,
    number: (value) => numbers.format(value),
    age: (iso) => {
      const at = Date.parse(iso);
      if (Number.isNaN(at)) return '';
      const minutes = Math.floor((now() - at) / 60_000);
      if (minutes < 1) return t('just now');
      if (minutes < 60) return t('{0} min ago', minutes);
      if (minutes < 24 * 60) return t('{0} h ago', Math.floor(minutes / 60));
      const days = Math.floor(minutes / (24 * 60));
      if (days === 1) return t('1 day ago');
      return days < 30 ? t('{0} days ago', days) : dates.format(at);
    },
    time: (iso) => {
      const at = Date.parse(iso);
      if (Number.isNaN(at)) return '';
      const isToday = new Date(at).toDateString() === new Date(now()).toDateString();
      return (isToday ? times : datesAndTimes).format(at);
    },
  };
}
