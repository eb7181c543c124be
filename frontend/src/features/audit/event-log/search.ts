import type { ListEventLogData } from '@/api/gen/types.gen'
import { addDays } from '@/lib/dates'
import { dateParam, oneOf, type RawSearch, textParam } from '@/lib/search'

export const LOG_TABS = ['events', 'dead'] as const
export type LogTab = (typeof LOG_TABS)[number]

/** What the address of the event log says. Days are whole ones, where the reader is. */
export interface LogSearch {
  tab?: LogTab
  topic?: string
  actor?: string
  subject?: string
  since?: string
  until?: string
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const TOPIC = /^[a-z_]+\.[a-z_]+$/

function matching(raw: RawSearch, name: string, pattern: RegExp): string | undefined {
  const value = textParam(raw, name)
  return value && pattern.test(value) ? value : undefined
}

export function readLogSearch(raw: RawSearch): LogSearch {
  return {
    tab: oneOf(raw, 'tab', LOG_TABS),
    topic: matching(raw, 'topic', TOPIC),
    actor: matching(raw, 'actor', ID),
    subject: matching(raw, 'subject', ID),
    since: dateParam(raw, 'since'),
    until: dateParam(raw, 'until'),
  }
}

export type LogQuery = Omit<NonNullable<ListEventLogData['query']>, 'cursor' | 'limit'>

const startOf = (day: string) => new Date(`${day}T00:00:00`).toISOString()

export function logQuery(search: LogSearch): LogQuery {
  return {
    topic: search.topic,
    actor_id: search.actor,
    subject_id: search.subject,
    since: search.since && startOf(search.since),
    until: search.until && startOf(addDays(search.until, 1)),
  }
}
