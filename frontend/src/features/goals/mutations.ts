import { ANY_VERSION, ifMatch } from '@/api/etags'
import { activateGoal, addKeyResult, checkIn, setGoal, updateGoal } from '@/api/gen/sdk.gen'
import type { GoalCreate, GoalDetail, KeyResultCreate } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { ApiError } from '@/api/problem'

/** What of a new goal the server has already, so that a second try does not set it twice. */
export interface GoalDraft {
  goal: GoalDetail | null
  keyResults: Set<string>
}

export const emptyDraft = (): GoalDraft => ({ goal: null, keyResults: new Set() })

async function inField<Result>(prefix: string, act: Promise<Result>): Promise<Result> {
  try {
    return await act
  } catch (error) {
    throw error instanceof ApiError ? error.under(prefix) : error
  }
}

/** Sets a goal, adds its key results and, where asked to, starts it; goes on where it stopped. */
export async function setGoalWithKeyResults(
  draft: GoalDraft,
  body: GoalCreate,
  keyResults: { key: string; body: KeyResultCreate }[],
  start: boolean,
): Promise<GoalDetail> {
  if (draft.goal) {
    const path = { goal_id: draft.goal.id }
    const { state: _, ...fields } = body
    draft.goal = (await updateGoal({ path, body: fields, headers: ifMatch(ANY_VERSION) })).data
  } else {
    draft.goal = (await setGoal({ body })).data
  }
  const path = { goal_id: draft.goal.id }
  for (const [index, { key, body }] of keyResults.entries()) {
    if (draft.keyResults.has(key)) continue
    await inField(`/key_results/${index}`, addKeyResult({ path, body }))
    draft.keyResults.add(key)
  }
  if (start && may(draft.goal, 'activate')) draft.goal = (await activateGoal({ path })).data
  return draft.goal
}

export interface CheckInFields {
  key_result_id: string
  value: string
  confidence: number | null
  comment: string
}

/** Checks in one key result after the other; `done` remembers which, for a second try. */
export async function checkInAll(entries: CheckInFields[], done: Set<string>): Promise<void> {
  for (const [index, entry] of entries.entries()) {
    if (done.has(entry.key_result_id)) continue
    const body = {
      value: entry.value,
      confidence: entry.confidence,
      comment: entry.comment.trim() || null,
    }
    const path = { key_result_id: entry.key_result_id }
    await inField(`/entries/${index}`, checkIn({ path, body }))
    done.add(entry.key_result_id)
  }
}
