import { expect, test, vi } from 'vitest'
import { ApiError } from './problem'
import { createQueryClient } from './queryClient'

async function tries(problem: ApiError): Promise<number> {
  const act = vi.fn().mockRejectedValue(problem)
  const client = createQueryClient(() => undefined)
  const mutation = client.getMutationCache().build(client, { mutationFn: act })
  await expect(mutation.execute(undefined)).rejects.toBe(problem)
  return act.mock.calls.length
}

test('what is only busy is tried again, when the API says so', async () => {
  expect(await tries(new ApiError({ status: 409, retryAfter: 0 }))).toBe(4)
})

test.each([{ status: 409 }, { status: 429, retryAfter: 0 }, { status: 503, retryAfter: 0 }])(
  '$status is told at once otherwise',
  async (problem) => {
    expect(await tries(new ApiError(problem))).toBe(1)
  },
)
