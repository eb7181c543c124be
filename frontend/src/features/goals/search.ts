import {
  dateParam,
  flagParam,
  type MomentSearch,
  oneOf,
  type RawSearch,
  someOf,
  textParam,
} from '@/lib/search'
import { SORTINGS, type Sorting } from './views/sorting'

export const LEVELS = ['company', 'department', 'team', 'person'] as const
export const STATUSES = ['on_track', 'at_risk', 'off_track'] as const
export const STATES = ['draft', 'active', 'closed', 'cancelled', 'archived'] as const

/** What is in one of these states stands in no tree: it is listed. */
export type StateAside = Extract<(typeof STATES)[number], 'cancelled' | 'archived'>

export const isAside = (state: GoalsSearch['state']): state is StateAside =>
  state === 'cancelled' || state === 'archived'

export const VIEWS = ['tree', 'table', 'map'] as const

/** Of the table, beside the goal itself. */
export const COLUMNS = ['owner', 'due', 'progress', 'expected', 'status'] as const
export type GoalColumn = (typeof COLUMNS)[number]

/** What the address of the goals says: which of them, and whether the drawer is open. */
export interface GoalsSearch extends MomentSearch {
  cycle?: string
  q?: string
  level?: (typeof LEVELS)[number]
  status?: (typeof STATUSES)[number]
  state?: (typeof STATES)[number]
  owner?: string
  view?: (typeof VIEWS)[number]
  /** Of the table. */
  sort?: Sorting
  /** Of the table; all of them, unless some are named. */
  columns?: GoalColumn[]
  /** The saved view that was opened. */
  saved?: string
  new?: true
  /** The goal that a new one goes under. */
  under?: string
  /** What a new one begins with: the id of a template, or the key of one of the library. */
  template?: string
  /** The goal that is being checked in. */
  check_in?: string
}

export function readGoalsSearch(raw: RawSearch): GoalsSearch {
  return {
    as_of: dateParam(raw, 'as_of'),
    cycle: textParam(raw, 'cycle'),
    q: textParam(raw, 'q'),
    level: oneOf(raw, 'level', LEVELS),
    status: oneOf(raw, 'status', STATUSES),
    state: oneOf(raw, 'state', STATES),
    owner: textParam(raw, 'owner'),
    view: oneOf(raw, 'view', VIEWS),
    sort: oneOf(raw, 'sort', SORTINGS),
    columns: someOf(raw, 'columns', COLUMNS),
    saved: textParam(raw, 'saved'),
    new: flagParam(raw, 'new'),
    under: textParam(raw, 'under'),
    template: textParam(raw, 'template'),
    check_in: textParam(raw, 'check_in'),
  }
}

export interface GoalSearch extends MomentSearch {
  edit?: true
  close?: true
  cancel?: true
  propose?: true
  request_changes?: true
  carry_over?: true
  /** An initiative to edit, or `new`. */
  initiative?: string
  under?: true
  /** A key result to edit, or `new`. */
  key_result?: string
  /** A key result to check in, or `all`. */
  check_in?: string
}

export function readGoalSearch(raw: RawSearch): GoalSearch {
  return {
    as_of: dateParam(raw, 'as_of'),
    edit: flagParam(raw, 'edit'),
    close: flagParam(raw, 'close'),
    cancel: flagParam(raw, 'cancel'),
    propose: flagParam(raw, 'propose'),
    request_changes: flagParam(raw, 'request_changes'),
    carry_over: flagParam(raw, 'carry_over'),
    initiative: textParam(raw, 'initiative'),
    under: flagParam(raw, 'under'),
    key_result: textParam(raw, 'key_result'),
    check_in: textParam(raw, 'check_in'),
  }
}
