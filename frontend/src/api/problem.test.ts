import { HttpResponse, http } from 'msw'
import { describe, expect, test } from 'vitest'
import { server, signIn, withApi } from '@/test/server'
import { listGoals } from './gen/sdk.gen'
import { ApiError } from './problem'

withApi()

async function refusal(answer: () => Response): Promise<ApiError> {
  signIn()
  server.use(http.get('*/v1/goals', answer))
  const error = await listGoals().then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ApiError)) throw new Error(`Not an ApiError: ${error}`)
  return error
}

describe('every generated call throws an ApiError', () => {
  test('for a problem, with all that it says', async () => {
    const error = await refusal(() =>
      HttpResponse.json(
        {
          status: 422,
          title: 'Some of this is not right.',
          code: 'invalid',
          request_id: 'abc',
          errors: [{ parameter: 'limit', code: 'less_than_equal', detail: 'At most 200.' }],
        },
        { status: 422 },
      ),
    )
    expect(error).toMatchObject({ status: 422, code: 'invalid', requestId: 'abc' })
    expect(error.errors[0]?.detail).toBe('At most 200.')
    expect(error.isOutage).toBe(false)
  })

  test('for an answer that is no problem document', async () => {
    const error = await refusal(() => new HttpResponse('<h1>Bad gateway</h1>', { status: 502 }))
    expect(error).toMatchObject({ status: 502, code: 'http_502', errors: [] })
    expect(error.isOutage).toBe(true)
  })

  test('for a line that is down', async () => {
    const error = await refusal(() => HttpResponse.error())
    expect(error).toMatchObject({ status: 0, code: 'network' })
    expect(error.isOutage).toBe(true)
  })

  test('with the time to wait', async () => {
    const error = await refusal(() =>
      HttpResponse.json(
        { code: 'too_many_attempts' },
        { status: 429, headers: { 'Retry-After': '90' } },
      ),
    )
    expect(error.retryAfter).toBe(90)
  })
})

test('a part of a form tells its errors from further up', () => {
  const error = new ApiError({
    status: 422,
    errors: [
      { pointer: '/value', code: 'x', detail: 'No.' },
      { header: 'If-Match', code: 'x', detail: 'No.' },
    ],
  }).under('/entries/2')
  expect(error.errors.map(({ pointer }) => pointer)).toEqual(['/entries/2/value', undefined])
})
