import { screen, waitFor } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, test } from 'vitest'
import { goal } from '@/test/fixtures'
import { renderPart } from '@/test/render'
import { server, signIn, withApi } from '@/test/server'
import { GoalStatusMenu } from './GoalStatusBadge'

withApi()
beforeEach(signIn)

function withPatches() {
  const sent: unknown[] = []
  server.use(
    http.patch('*/v1/goals/goal', async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json(goal())
    }),
  )
  return sent
}

test('a judgement stands in for the numbers, and can be taken back', async () => {
  const sent = withPatches()
  const { user } = renderPart(<GoalStatusMenu goal={goal()} />)
  expect(screen.queryByRole('img', { name: 'Judged by hand' })).not.toBeInTheDocument()
  await user.click(await screen.findByRole('button', { name: /Status: Off track/ }))
  await user.click(await screen.findByRole('menuitem', { name: 'At risk' }))
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(sent).toEqual([{ manual_status: 'at_risk' }, { manual_status: null }]))
})

test('one that somebody made is marked, and is given back to the numbers', async () => {
  const sent = withPatches()
  const judged = { status: 'at_risk', status_source: 'manual', manual_status: 'at_risk' } as const
  const { user } = renderPart(<GoalStatusMenu goal={goal(judged)} />)
  expect(await screen.findByRole('img', { name: 'Judged by hand' })).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: /Status: At risk/ }))
  await user.click(await screen.findByRole('menuitem', { name: 'As its progress says' }))
  await waitFor(() => expect(sent).toEqual([{ manual_status: null }]))
})

test('who may not edit the goal is shown its status only', async () => {
  renderPart(<GoalStatusMenu goal={goal({ permissions: [] })} />)
  expect(await screen.findByText('Off track')).toBeInTheDocument()
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})
