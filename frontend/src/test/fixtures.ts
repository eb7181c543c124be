import type { GoalDetail, KeyResult, Me, PersonRef } from '@/api/gen/types.gen'

const ADA: PersonRef = { id: 'ada', name: 'Ada Lindqvist', job_title: 'Head of Product' }

export const ME: Me = {
  person: ADA,
  organization: { id: 'org', name: 'Halden Optics', slug: 'halden' },
  language: 'en',
  time_zone: 'Europe/Berlin',
  roles: [],
  scopes: [],
  permissions: [],
  manages_people: false,
}

const stored = {
  version: 3,
  created_at: '2026-10-01T08:00:00Z',
  updated_at: '2026-10-01T08:00:00Z',
}

export function keyResult(change: Partial<KeyResult> = {}): KeyResult {
  return {
    ...stored,
    id: 'nps',
    goal_id: 'goal',
    title: 'Net promoter score',
    kind: 'number',
    unit: 'points',
    start: '40',
    target: '60',
    lower: null,
    upper: null,
    tolerance: null,
    milestones: [],
    period_score: null,
    current: '45',
    raw_progress: '0.25',
    progress: '0.25',
    weight: '1',
    confidence: 6,
    checked_in_at: '2026-11-02T08:00:00Z',
    position: 0,
    archived_at: null,
    permissions: ['edit', 'check_in', 'remove'],
    ...change,
  }
}

export function goal(change: Partial<GoalDetail> = {}): GoalDetail {
  return {
    ...stored,
    id: 'goal',
    title: 'Customers recommend us',
    description: '',
    level: 'person',
    department: null,
    team: null,
    owner: ADA,
    cycle: { id: 'q4', name: 'Q4 2026', starts_on: '2026-10-01', ends_on: '2026-12-31' },
    parent: null,
    has_hidden_parent: false,
    visibility: 'public',
    weight: '1',
    driver: 'key_results',
    state: 'active',
    starts_on: '2026-10-01',
    due_on: '2026-12-31',
    check_in_every_days: 7,
    progress: '0.25',
    expected: '0.5',
    status: 'off_track',
    status_source: 'derived',
    manual_status: null,
    checked_in_at: null,
    is_stale: false,
    key_result_count: 1,
    child_count: 0,
    activated_at: '2026-10-01T08:00:00Z',
    ended_at: null,
    closing_note: null,
    final_score: null,
    key_results: [keyResult()],
    children: [],
    hidden_children: [],
    hidden_child_count: 0,
    ancestors: [],
    permissions: ['edit', 'check_in', 'add_key_result'],
    ...change,
  }
}
