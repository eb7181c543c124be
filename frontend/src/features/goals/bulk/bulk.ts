import type { TFunction } from 'i18next'
import type { BulkGoal, Goal, GoalBulk, GoalRef, PersonRef } from '@/api/gen/types.gen'
import { parseDecimal, toNumber } from '@/lib/decimal'
import { randomId } from '@/lib/ids'
import { orNull } from '@/lib/patch'
import { emptyKeyResult, type KeyResultFields, keyResultBody } from '../goalFields'
import { isBlank, keyResultErrors } from '../rules'

export interface BulkGoalFields {
  key: string
  title: string
  description: string
  weight: string
  key_results: KeyResultFields[]
}

/** The goals, what all of them have in common, and for whom. */
export interface BulkFields {
  goals: BulkGoalFields[]
  parent_id: GoalRef | null
  parent_key_result_id: string
  cycle_id: string
  starts_on: string
  due_on: string
  ambition: Goal['ambition']
  purpose: Goal['purpose']
  visibility: Exclude<Goal['visibility'], 'private'>
  is_draft: boolean
  department_id: string
  team_id: string
  manager: PersonRef | null
  also: PersonRef[]
  except: PersonRef[]
  skip_who_has_one: boolean
}

export function emptyGoal(): BulkGoalFields {
  return {
    key: randomId(),
    title: '',
    description: '',
    weight: '1',
    key_results: [emptyKeyResult()],
  }
}

export function emptyBulk(cycleId: string): BulkFields {
  return {
    goals: [emptyGoal()],
    parent_id: null,
    parent_key_result_id: '',
    cycle_id: cycleId,
    starts_on: '',
    due_on: '',
    ambition: 'committed',
    purpose: 'business',
    visibility: 'public',
    is_draft: false,
    department_id: '',
    team_id: '',
    manager: null,
    also: [],
    except: [],
    skip_who_has_one: true,
  }
}

export function isForSomebody(fields: BulkFields): boolean {
  const { department_id, team_id, manager, also } = fields
  return Boolean(department_id || team_id || manager || also.length > 0)
}

export function bulkErrors(t: TFunction<'app'>, fields: BulkFields): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const [index, goal] of fields.goals.entries()) {
    const at = `goals.${index}.`
    if (!goal.title.trim()) errors[`${at}title`] = t('form.required')
    const weight = parseDecimal(goal.weight)
    if (weight === null || toNumber(weight) < 0) errors[`${at}weight`] = t('form.number')
    for (const [place, row] of goal.key_results.entries()) {
      if (isBlank(row)) continue
      Object.assign(errors, keyResultErrors(t, row, `${at}key_results.${place}.`))
    }
  }
  if (fields.starts_on && fields.due_on && fields.due_on < fields.starts_on) {
    errors.due_on = t('goal.dueBeforeStart')
  }
  if (!fields.cycle_id && !fields.due_on) errors.due_on = t('goal.dueMissing')
  if (!isForSomebody(fields)) errors.department_id = t('bulk.someone')
  return errors
}

const idsOf = (people: PersonRef[]) => (people.length > 0 ? people.map(({ id }) => id) : null)

export function bulkBody(fields: BulkFields, mode: GoalBulk['mode']): GoalBulk {
  const { department_id, team_id, manager, ambition, purpose, visibility } = fields
  const { parent_key_result_id, cycle_id, starts_on, due_on } = fields
  const common = {
    parent_id: fields.parent_id?.id ?? null,
    ...orNull({ parent_key_result_id, cycle_id, starts_on, due_on }),
    ambition,
    purpose,
    visibility,
    state: fields.is_draft ? ('draft' as const) : ('active' as const),
  }
  return {
    mode,
    skip_who_has_one: fields.skip_who_has_one,
    goals: fields.goals.map(
      ({ title, description, weight, key_results }): BulkGoal => ({
        ...common,
        title: title.trim(),
        description: description.trim(),
        weight,
        key_results: key_results.filter((row) => !isBlank(row)).map(keyResultBody),
      }),
    ),
    people: {
      ...orNull({ department_id, team_id }),
      manager_id: manager?.id ?? null,
      also_person_ids: idsOf(fields.also),
      except_person_ids: idsOf(fields.except),
    },
  }
}

const OF_PEOPLE: Record<string, string> = {
  manager_id: 'manager',
  also_person_ids: 'also',
  except_person_ids: 'except',
}

/** Where the form holds what a refusal is about: what all goals share stands there once. */
export function fieldOf(path: string, fields: BulkFields): string {
  const [part, place = '', ...rest] = path.split('.')
  if (part === 'people') return OF_PEOPLE[place] ?? place
  const goal = fields.goals[Number(place)]
  const [name = '', row, ...inRow] = rest
  if (part !== 'goals' || !goal) return path
  if (name !== 'key_results') return name in goal ? path : name
  // Blank rows were not sent.
  const sent = [...goal.key_results.keys()].filter((at) => !isBlank(goal.key_results[at] ?? NONE))
  return [part, place, name, sent[Number(row)] ?? row, ...inRow].join('.')
}

const NONE = emptyKeyResult()

/** What an operation of this kind answers with. */
export interface BulkResult {
  goals: number
  people: number
  chosen_people: { id: string; name: string; goals: number }[]
  left_out: number
  left_out_people: {
    id: string
    name: string
    reason: 'has_left' | 'not_yours_to_set' | 'has_one_already'
  }[]
}

export interface TakenBack {
  goals: number
  kept: number
}
