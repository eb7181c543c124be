import { checkIn } from '@/api/gen/sdk.gen'
import { ApiError } from '@/api/problem'

async function inField<Result>(prefix: string, act: Promise<Result>): Promise<Result> {
  try {
    return await act
  } catch (error) {
    throw error instanceof ApiError ? error.under(prefix) : error
  }
}

export interface CheckInFields {
  key_result_id: string
  value: string
  /** Of a key result that milestones measure; of others there are none. */
  done_milestone_ids?: string[]
  confidence: number | null
  comment: string
}

export interface CheckInValues {
  entries: CheckInFields[]
}

/**
 * Checks in one key result after the other, those of the form that `isMeant`; `done` remembers
 * which are through, for a second try.
 */
export async function checkInAll(
  entries: CheckInFields[],
  isMeant: (index: number) => boolean,
  done: Set<string>,
): Promise<void> {
  for (const [index, entry] of entries.entries()) {
    if (!isMeant(index) || done.has(entry.key_result_id)) continue
    const body = {
      ...(entry.done_milestone_ids
        ? { done_milestone_ids: entry.done_milestone_ids }
        : { value: entry.value }),
      confidence: entry.confidence,
      comment: entry.comment.trim() || null,
    }
    const path = { key_result_id: entry.key_result_id }
    await inField(`/entries/${index}`, checkIn({ path, body }))
    done.add(entry.key_result_id)
  }
}
