import { keepPreference, preferencesUnder, readPreference } from './storage'

/** What somebody is writing, on this device alone, until it is sent or discarded. */
const PREFIX = 'perfapi.draft.'

export interface Draft<Values> {
  values: Partial<Values>
  /** When it was kept. */
  at: string
}

export function readDraft<Values>(name: string): Draft<Values> | null {
  try {
    const draft: unknown = JSON.parse(readPreference(PREFIX + name) ?? 'null')
    const isDraft = typeof draft === 'object' && draft !== null && 'values' in draft
    return isDraft ? (draft as Draft<Values>) : null
  } catch {
    return null
  }
}

export function keepDraft<Values>(name: string, values: Values, at: string): void {
  keepPreference(PREFIX + name, JSON.stringify({ values, at }))
}

export function forgetDraft(name: string): void {
  keepPreference(PREFIX + name, null)
}

/** For whoever signs out: the next person at this device finds nothing of it. */
export function forgetDrafts(): void {
  for (const key of preferencesUnder(PREFIX)) keepPreference(key, null)
}
