import { useTranslation } from 'react-i18next'
import { daysBetween, today, utcOf } from '@/lib/dates'
import { toNumber } from '@/lib/decimal'

const REGION: Record<string, string> = { en: 'en-GB', de: 'de-DE', it: 'it-IT', nl: 'nl-NL' }

export function createFormat(language: string) {
  const locale = REGION[language] ?? language
  const parts = { day: 'numeric', month: 'short' } as const
  const day = new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' })
  const date = new Intl.DateTimeFormat(locale, { ...parts, year: 'numeric', timeZone: 'UTC' })
  const instant = new Intl.DateTimeFormat(locale, {
    ...parts,
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  })
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const currencies = new Map<string, Intl.NumberFormat>()
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const ago = (at: string) => {
    const days = daysBetween(today(), today(new Date(at)))
    if (days === 0) return relative.format(0, 'day')
    if (Math.abs(days) < 14) return relative.format(days, 'day')
    if (Math.abs(days) < 70) return relative.format(Math.round(days / 7), 'week')
    return date.format(new Date(at))
  }
  return {
    /** `2026-11-23` as "23 Nov 2026". */
    date: (plain: string) => date.format(utcOf(plain)),
    /** `2026-11-23` as "23 Nov". */
    day: (plain: string) => day.format(utcOf(plain)),
    /** The day of an instant, here: "23 Nov". */
    dayOf: (at: string) => day.format(utcOf(today(new Date(at)))),
    instant: (at: string) => instant.format(new Date(at)),
    /** The time of day of an instant, here: "10:42". */
    time: (at: string) => time.format(new Date(at)),
    /** "today", "3 days ago", later the date itself. */
    ago,
    /** "5 minutes ago", "3 hours ago", from yesterday on like `ago`. */
    elapsed: (at: string): string => {
      const minutes = Math.round((Date.parse(at) - Date.now()) / 60_000)
      if (today(new Date(at)) !== today()) return ago(at)
      if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute')
      return relative.format(Math.round(minutes / 60), 'hour')
    },
    number: (value: number | string) =>
      number.format(typeof value === 'string' ? toNumber(value) : value),
    /** "€1,200", with cents where there are any. */
    currency: (value: number | string, code: string) =>
      kept(
        currencies,
        code,
        () =>
          new Intl.NumberFormat(locale, {
            style: 'currency',
            currency: code,
            trailingZeroDisplay: 'stripIfInteger',
          }),
      ).format(typeof value === 'string' ? toNumber(value) : value),
    percent: (unit: number | string) =>
      percent.format(typeof unit === 'string' ? toNumber(unit) : unit),
    list: (words: string[]) => list.format(words),
    /** The same in parts, for whoever makes more of the words than text. */
    listParts: (words: string[]) => list.formatToParts(words),
    decimalSeparator:
      number.formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.',
  }
}

export type Format = ReturnType<typeof createFormat>

const formats = new Map<string, Format>()

/** Making formatters is slow, and nearly every component asks for them: one set per language. */
export function useFormat(): Format {
  const { language } = useTranslation().i18n
  return kept(formats, language, () => createFormat(language))
}

function kept<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  const found = values.get(key)
  if (found !== undefined) return found
  const made = make()
  values.set(key, made)
  return made
}
