import {
  dateParam,
  flagParam,
  type MomentSearch,
  oneOf,
  type RawSearch,
  textParam,
} from '@/lib/search'
import type { PeopleQuery } from './queries'

/** What may be opened over the page of a person. */
const PERSON_DIALOGS = ['edit', 'manager', 'leave', 'return', 'invite'] as const
export type PersonDialog = (typeof PERSON_DIALOGS)[number]

export const PERSON_STATUSES = ['active', 'on_leave', 'upcoming', 'left'] as const

/** What the address of the directory says: filters, and whether the drawer is open. */
export interface PeopleSearch extends MomentSearch {
  q?: string
  department?: string
  team?: string
  status?: (typeof PERSON_STATUSES)[number]
  new?: true
}

export function readPeopleSearch(raw: RawSearch): PeopleSearch {
  return {
    as_of: dateParam(raw, 'as_of'),
    q: textParam(raw, 'q'),
    department: textParam(raw, 'department'),
    team: textParam(raw, 'team'),
    status: oneOf(raw, 'status', PERSON_STATUSES),
    new: flagParam(raw, 'new'),
  }
}

export function peopleQuery(search: PeopleSearch): PeopleQuery {
  return {
    as_of: search.as_of,
    q: search.q,
    department_id: search.department,
    team_id: search.team,
    status: search.status,
    // Whoever has left is shown to those who ask for them.
    has_left: search.status ? undefined : false,
  }
}

/** What colleagues may write to each other from the page of a person. */
const WRITINGS = ['praise', 'ask'] as const

export interface PersonSearch extends MomentSearch {
  dialog?: PersonDialog
  write?: (typeof WRITINGS)[number]
}

export function readPersonSearch(raw: RawSearch): PersonSearch {
  return {
    as_of: dateParam(raw, 'as_of'),
    dialog: oneOf(raw, 'dialog', PERSON_DIALOGS),
    write: oneOf(raw, 'write', WRITINGS),
  }
}
