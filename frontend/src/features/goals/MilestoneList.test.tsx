import { screen, waitFor } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, test } from 'vitest'
import type { KeyResult } from '@/api/gen/types.gen'
import { keyResult } from '@/test/fixtures'
import { renderPart } from '@/test/render'
import { server, signIn, withApi } from '@/test/server'
import { KeyResultValue } from './KeyResultValue'
import { MilestoneList } from './MilestoneList'

withApi()
beforeEach(signIn)

const LAUNCH = keyResult({
  kind: 'milestones',
  milestones: [
    { id: 'a', title: 'Contract', weight: '1', due_on: null, done_at: '2026-10-05T08:00:00Z' },
    { id: 'b', title: 'Launch', weight: '2', due_on: '2020-12-01', done_at: null },
  ],
})

test('a tick is a check-in that names all that are done, and can be taken back', async () => {
  const sent: unknown[] = []
  server.use(
    http.post('*/v1/key-results/nps/check-ins', async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json({ id: 'c' }, { status: 201 })
    }),
  )
  const { user } = renderPart(<MilestoneList keyResult={LAUNCH} />)
  expect(await screen.findByRole('checkbox', { name: 'Contract' })).toBeChecked()
  expect(screen.getByText('was due 1 Dec')).toBeInTheDocument()
  await user.click(screen.getByRole('checkbox', { name: 'Launch' }))
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(sent).toHaveLength(2))
  expect(sent).toEqual([
    { done_milestone_ids: ['a', 'b'], confidence: 6 },
    { done_milestone_ids: ['a'], confidence: 6 },
  ])
})

test('who may not check in sees them, and cannot tick', async () => {
  renderPart(<MilestoneList keyResult={{ ...LAUNCH, permissions: [] }} />)
  expect(await screen.findByRole('checkbox', { name: 'Launch' })).toBeDisabled()
})

const band = { kind: 'maintain', start: null, target: null, unit: '%' } as const

test.each<[string, Partial<KeyResult>]>([
  ['45 of 60 points', {}],
  ['45 of 60 %', { kind: 'percent', unit: null }],
  ['€1,200.50 of €5,000', { kind: 'currency', unit: 'EUR', current: '1200.5', target: '5000' }],
  ['Yes', { kind: 'binary', current: '1' }],
  ['Not yet', { kind: 'binary', current: '0' }],
  ['1 of 2 milestones', LAUNCH],
  ['40%, judged by hand', { kind: 'manual', current: '40' }],
  ['97 %, to be between 95 and 99 %', { ...band, lower: '95', upper: '99', current: '97' }],
  ['97 %, to be at least 95 %', { ...band, lower: '95', current: '97' }],
  ['Not measured yet, to be at most 2 %', { ...band, upper: '2', current: null }],
])('a key result is told as %s', async (said, change) => {
  renderPart(<KeyResultValue keyResult={keyResult(change)} />)
  expect(await screen.findByText(said)).toBeInTheDocument()
})
