import type {
  Goal,
  GoalCreate,
  GoalDetail,
  GoalRef,
  GoalUpdate,
  KeyResult,
  KeyResultCreate,
  KeyResultUpdate,
  PersonRef,
} from '@/api/gen/types.gen'
import { randomId } from '@/lib/ids'
import { orNull } from '@/lib/patch'
import type { Kind } from './kinds'

export interface MilestoneFields {
  /** Tells the rows apart while they are being typed. */
  key: string
  /** Of one that is stored. */
  id?: string
  title: string
  weight: string
  due_on: string
  /** Of a template, which knows no days: counted from the start of the goal. */
  due_after_days?: string
}

export interface KeyResultFields {
  /** Tells the rows apart while they are being typed. */
  key: string
  title: string
  kind: Kind
  unit: string
  start: string
  target: string
  /** The band of what is to be kept; a side that it does not have is empty. */
  lower: string
  upper: string
  tolerance: string
  milestones: MilestoneFields[]
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
    lower: '',
    upper: '',
    tolerance: '',
    milestones: [],
    weight: '1',
  }
}

export function emptyMilestone(): MilestoneFields {
  return { key: randomId(), title: '', weight: '1', due_on: '', due_after_days: '' }
}

/** Another kind takes the unit along where it means the same; a currency is no other unit. */
export function unitFor(kind: Kind, before: Pick<KeyResultFields, 'kind' | 'unit'>): string {
  if (kind === before.kind) return before.unit
  if (kind === 'currency') return 'EUR'
  return before.kind === 'currency' ? '' : before.unit
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

export function fieldsOfKeyResult(keyResult: KeyResult): KeyResultFields {
  return {
    key: keyResult.id,
    title: keyResult.title,
    kind: keyResult.kind,
    unit: keyResult.unit ?? '',
    start: keyResult.start ?? '',
    target: keyResult.target ?? '',
    lower: keyResult.lower ?? '',
    upper: keyResult.upper ?? '',
    tolerance: keyResult.tolerance ?? '',
    milestones: keyResult.milestones.map(({ id, title, weight, due_on }) => ({
      key: id,
      id,
      title,
      weight,
      due_on: due_on ?? '',
    })),
    weight: keyResult.weight,
  }
}

/** A milestone in which nothing was typed is not meant. */
export function isBlankMilestone({ title, due_on, due_after_days }: MilestoneFields): boolean {
  return !title.trim() && !due_on && !due_after_days?.trim()
}

/** What a kind is told by; the API refuses everything else. */
function toldBy(fields: KeyResultFields) {
  const { kind, start, target, lower, upper, tolerance } = fields
  const unit = fields.unit.trim() || null
  switch (kind) {
    case 'number':
    case 'currency':
      return { unit, start, target }
    case 'percent':
      return { start, target }
    case 'maintain':
      return { unit, ...orNull({ lower, upper, tolerance }) }
    case 'milestones':
      return {
        milestones: fields.milestones
          .filter((step) => !isBlankMilestone(step))
          .map(({ id, title, weight, due_on }) => ({
            ...(id && { id }),
            title: title.trim(),
            weight,
            due_on: due_on || null,
          })),
      }
    default:
      return {}
  }
}

export function keyResultBody(fields: KeyResultFields): KeyResultCreate & KeyResultUpdate {
  const { title, kind, weight } = fields
  return { title: title.trim(), kind, ...toldBy(fields), weight }
}
