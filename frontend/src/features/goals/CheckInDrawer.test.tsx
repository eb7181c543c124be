import { screen, waitFor, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, test, vi } from 'vitest'
import { goal, keyResult } from '@/test/fixtures'
import { renderPart } from '@/test/render'
import { problem, server, signIn, withApi } from '@/test/server'
import { CheckInDrawer } from './CheckInDrawer'

withApi()
beforeEach(signIn)

interface Sent {
  key_result_id: string
  body: unknown
}

function open(...keyResults: ReturnType<typeof keyResult>[]) {
  const sent: Sent[] = []
  const onClosed = vi.fn()
  server.use(
    http.get('*/v1/goals/goal', () => HttpResponse.json(goal({ key_results: keyResults }))),
    http.post('*/v1/key-results/:id/check-ins', async ({ request, params }) => {
      sent.push({ key_result_id: String(params.id), body: await request.json() })
      return HttpResponse.json({ id: 'c' }, { status: 201 })
    }),
  )
  const { user } = renderPart(<CheckInDrawer goalId="goal" onClosed={onClosed} />)
  return { user, sent, onClosed }
}

const value = () => screen.findByRole('textbox', { name: 'Where does it stand now?' })

test('a check-in is a value, a click on confidence and a click on the button', async () => {
  const { user, sent, onClosed } = open(keyResult())
  const field = await value()
  expect(field).toHaveValue('45')
  await user.clear(field)
  await user.type(field, '50,5')
  expect(screen.getByRole('meter')).toHaveAttribute('aria-valuetext', '53%')
  await user.click(screen.getByRole('radio', { name: '9' }))
  await user.click(screen.getByRole('button', { name: 'Check in' }))
  await waitFor(() => expect(onClosed).toHaveBeenCalled())
  expect(sent).toEqual([
    { key_result_id: 'nps', body: { value: '50.5', confidence: 9, comment: null } },
  ])
})

test('with one key result, the same value again says "still so"', async () => {
  const { user, sent, onClosed } = open(keyResult())
  await value()
  await user.click(screen.getByRole('button', { name: 'Check in' }))
  await waitFor(() => expect(onClosed).toHaveBeenCalled())
  expect(sent).toHaveLength(1)
})

test('of several key results only the touched ones are reported', async () => {
  const { user, sent, onClosed } = open(
    keyResult(),
    keyResult({ id: 'churn', title: 'Churn', start: '6', target: '3', current: '5' }),
  )
  const churn = await screen.findByRole('region', { name: 'Churn' })
  const field = within(churn).getByRole('textbox', { name: 'Where does it stand now?' })
  await user.clear(field)
  await user.type(field, '4')
  await user.click(within(churn).getByRole('button', { name: 'Add a comment' }))
  await user.type(within(churn).getByRole('textbox', { name: 'Comment' }), 'Better onboarding')
  await user.click(screen.getByRole('button', { name: 'Check in' }))
  await waitFor(() => expect(onClosed).toHaveBeenCalled())
  expect(sent).toEqual([
    {
      key_result_id: 'churn',
      body: { value: '4', confidence: 6, comment: 'Better onboarding' },
    },
  ])
})

test('each kind is asked in its own way', async () => {
  const steps = [
    { id: 'a', title: 'Contract', weight: '1', due_on: null, done_at: '2026-10-05T08:00:00Z' },
    { id: 'b', title: 'Launch', weight: '3', due_on: null, done_at: null },
  ]
  const { user, sent, onClosed } = open(
    keyResult({
      id: 'yes',
      title: 'Signed',
      kind: 'binary',
      start: '0',
      target: '1',
      current: '0',
    }),
    keyResult({ id: 'steps', title: 'Launch', kind: 'milestones', milestones: steps }),
    keyResult({
      id: 'band',
      title: 'Uptime',
      kind: 'maintain',
      unit: '%',
      start: null,
      target: null,
      lower: '95',
      upper: '99',
      tolerance: '4',
      current: null,
    }),
    keyResult({ id: 'never', title: 'Other', kind: 'maintain', start: null, current: null }),
  )
  await user.click(await screen.findByRole('radio', { name: 'Yes' }))
  const launch = screen.getByRole('region', { name: 'Launch' })
  await user.click(within(launch).getByRole('checkbox', { name: 'Launch' }))
  expect(within(launch).getByRole('meter')).toHaveAttribute('aria-valuetext', '100%')
  const uptime = screen.getByRole('region', { name: 'Uptime' })
  expect(within(uptime).getByText('To be kept between 95 and 99 %.')).toBeInTheDocument()
  await user.type(within(uptime).getByRole('textbox', { name: /stand now/ }), '94')
  expect(within(uptime).getByRole('meter')).toHaveAttribute('aria-valuetext', '75%')
  await user.click(screen.getByRole('button', { name: 'Check in' }))
  await waitFor(() => expect(onClosed).toHaveBeenCalled())
  expect(sent).toEqual([
    { key_result_id: 'yes', body: { value: '1', confidence: 6, comment: null } },
    {
      key_result_id: 'steps',
      body: { done_milestone_ids: ['a', 'b'], confidence: 6, comment: null },
    },
    { key_result_id: 'band', body: { value: '94', confidence: 6, comment: null } },
  ])
})

test('what is no number is not sent', async () => {
  const { user, sent } = open(keyResult())
  const field = await value()
  await user.clear(field)
  await user.type(field, 'many')
  await user.click(screen.getByRole('button', { name: 'Check in' }))
  expect(await screen.findByText('Enter a number')).toBeInTheDocument()
  expect(field).toHaveFocus()
  expect(sent).toEqual([])
})

test('a refusal lands on the key result it is about, and a second try does not repeat the first', async () => {
  const { user, sent, onClosed } = open(
    keyResult(),
    keyResult({ id: 'churn', title: 'Churn', start: '6', target: '3', current: '5' }),
  )
  let refused = true
  server.use(
    http.post('*/v1/key-results/churn/check-ins', async ({ request }) => {
      if (refused) {
        return problem(422, 'invalid', [{ pointer: '/value', code: 'x', detail: 'Too precise.' }])
      }
      sent.push({ key_result_id: 'churn', body: await request.json() })
      return HttpResponse.json({ id: 'c' }, { status: 201 })
    }),
  )
  for (const field of await screen.findAllByRole('textbox', { name: /stand now/ })) {
    await user.clear(field)
    await user.type(field, '4')
  }
  await user.click(screen.getByRole('button', { name: 'Check in' }))
  const churn = screen.getByRole('region', { name: 'Churn' })
  expect(await within(churn).findByText('Too precise.')).toBeInTheDocument()
  refused = false
  const again = screen.getByRole('button', { name: 'Check in' })
  await waitFor(() => expect(again).toBeEnabled())
  await user.click(again)
  await waitFor(() => expect(onClosed).toHaveBeenCalled())
  expect(sent.map(({ key_result_id }) => key_result_id)).toEqual(['nps', 'churn'])
})

test('closing asks before it throws away what was typed', async () => {
  const { user, onClosed } = open(keyResult())
  const field = await value()
  await user.type(field, '9')
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(onClosed).not.toHaveBeenCalled()
  await user.click(screen.getByRole('button', { name: 'Discard' }))
  expect(onClosed).toHaveBeenCalled()
})
