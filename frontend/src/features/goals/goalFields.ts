import type {
  Goal,
  GoalCreate,
  GoalDetail,
  GoalRef,
  GoalUpdate,
  PersonRef,
} from '@/api/gen/types.gen'
import { randomId } from '@/lib/ids'
import { orNull } from '@/lib/patch'

export interface KeyResultFields {
  /** Tells the rows apart while they are being typed. */
  key: string
  title: string
  kind: 'number' | 'percent'
  unit: string
  start: string
  target: string
  weight: string
}

/** The goal as its form holds it; people and parents whole, since the form shows their names. */
export interface GoalFields {
  title: string
  description: string
  level: Goal['level']
  owner_id: PersonRef | null
  department_id: string
  team_id: string
  cycle_id: string
  parent_id: GoalRef | null
  /** Of the parent; empty: the goal serves all of it. */
  parent_key_result_id: string
  ambition: Goal['ambition']
  purpose: Goal['purpose']
  visibility: Goal['visibility']
  weight: string
  driver: Goal['driver']
  starts_on: string
  due_on: string
  /** Whole days; empty: as the organization does it. */
  check_in_every_days: string
  /** Not to be started yet. */
  is_draft: boolean
  key_results: KeyResultFields[]
}

export function emptyKeyResult(): KeyResultFields {
  return {
    key: randomId(),
    title: '',
    kind: 'number',
    unit: '',
    start: '0',
    target: '',
    weight: '1',
  }
}

const BELOW: Record<Goal['level'], Goal['level']> = {
  company: 'department',
  department: 'team',
  team: 'person',
  person: 'person',
}

/** A new goal: yours, in this cycle, and one level below the goal that it serves. */
export function newGoalFields(
  owner: PersonRef,
  cycleId: string | undefined,
  parent: (GoalRef & Pick<Goal, 'level' | 'department' | 'team'>) | undefined,
): GoalFields {
  return {
    title: '',
    description: '',
    level: parent ? BELOW[parent.level] : 'person',
    owner_id: owner,
    department_id: parent?.department?.id ?? '',
    team_id: parent?.team?.id ?? '',
    cycle_id: cycleId ?? '',
    parent_id: parent ? { id: parent.id, title: parent.title } : null,
    parent_key_result_id: '',
    ambition: 'committed',
    purpose: 'business',
    visibility: 'public',
    weight: '1',
    driver: 'key_results',
    starts_on: '',
    due_on: '',
    check_in_every_days: '',
    is_draft: false,
    key_results: [emptyKeyResult()],
  }
}

export function fieldsOfGoal(goal: GoalDetail): GoalFields {
  return {
    title: goal.title,
    description: goal.description ?? '',
    level: goal.level,
    owner_id: goal.owner,
    department_id: goal.department?.id ?? '',
    team_id: goal.team?.id ?? '',
    cycle_id: goal.cycle?.id ?? '',
    parent_id: goal.parent,
    parent_key_result_id: goal.parent_key_result?.id ?? '',
    ambition: goal.ambition,
    purpose: goal.purpose,
    visibility: goal.visibility,
    weight: goal.weight,
    driver: goal.driver,
    starts_on: goal.starts_on,
    due_on: goal.due_on,
    check_in_every_days: String(goal.check_in_every_days),
    is_draft: goal.state === 'draft',
    key_results: [],
  }
}

function commonFields(fields: GoalFields) {
  const { level } = fields
  return {
    title: fields.title.trim(),
    description: fields.description.trim(),
    level,
    visibility: fields.visibility,
    weight: fields.weight,
    driver: fields.driver,
    owner_id: fields.owner_id?.id,
    parent_id: fields.parent_id?.id ?? null,
    ambition: fields.ambition,
    purpose: fields.purpose,
    ...orNull({
      parent_key_result_id: fields.parent_key_result_id,
      cycle_id: fields.cycle_id,
      department_id: level === 'department' ? fields.department_id : '',
      team_id: level === 'team' ? fields.team_id : '',
    }),
    check_in_every_days: Number(fields.check_in_every_days) || undefined,
    // Left out, a new goal takes the days of its cycle, and an old one keeps its own.
    starts_on: fields.starts_on || undefined,
    due_on: fields.due_on || undefined,
  }
}

/** A new goal as the API takes it, without its key results. */
export function newGoalBody(fields: GoalFields): GoalCreate {
  return { ...commonFields(fields), state: fields.is_draft ? 'draft' : 'active' }
}

export function goalChanges(fields: GoalFields): GoalUpdate {
  return commonFields(fields)
}

export function keyResultBody({ title, kind, unit, start, target, weight }: KeyResultFields) {
  return {
    title: title.trim(),
    kind,
    unit: kind === 'percent' ? null : unit.trim() || null,
    start,
    target,
    weight,
  }
}
