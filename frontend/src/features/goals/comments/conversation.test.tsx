import { screen, waitFor } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, test } from 'vitest'
import type { GoalComment, GoalCommentThread } from '@/api/gen/types.gen'
import { ME } from '@/test/fixtures'
import { renderPart } from '@/test/render'
import { server, signIn, withApi } from '@/test/server'
import { ConversationCard } from './ConversationCard'

withApi()

function said(text: string, change: Partial<GoalComment> = {}): GoalComment {
  return {
    id: text,
    version: 1,
    created_at: '2026-11-02T08:00:00Z',
    updated_at: '2026-11-02T08:00:00Z',
    goal_id: 'goal',
    reply_to_id: null,
    author: ME.person,
    text,
    mentions: [],
    reactions: [],
    edited_at: null,
    deleted_at: null,
    is_new: false,
    permissions: [],
    ...change,
  }
}

const all = ['five', 'four', 'three', 'two', 'one'].map((text) => said(text))

/** Answers with a thread of five replies, and the replies in two pages. */
function answering(change: Partial<GoalCommentThread> = {}) {
  const replies = all.slice(0, 3)
  const thread = { ...said('Begin'), reply_count: 5, has_new_replies: false, replies, ...change }
  server.use(
    http.get('*/v1/me', () => HttpResponse.json(ME)),
    http.get('*/v1/goals/goal/comments', () =>
      HttpResponse.json({ items: [thread], next_cursor: null }),
    ),
    http.get('*/v1/goal-comments/Begin/replies', ({ request }) => {
      const more = new URL(request.url).searchParams.get('cursor')
      const items = more ? all.slice(4) : all.slice(0, 4)
      return HttpResponse.json({ items, next_cursor: more ? null : 'more' })
    }),
  )
}

const texts = () => screen.getAllByText(/^(one|two|three|four|five)$/).map((one) => one.textContent)

beforeEach(signIn)

test('a thread shows its last replies, and the earlier ones to whoever asks', async () => {
  answering()
  const { user } = renderPart(<ConversationCard goalId="goal" />)
  await screen.findByText('five')
  expect(texts()).toEqual(['three', 'four', 'five'])
  await user.click(screen.getByRole('button', { name: 'Show 2 earlier replies' }))
  await user.click(await screen.findByRole('button', { name: 'Show 1 earlier reply' }))
  await waitFor(() => expect(texts()).toEqual(['one', 'two', 'three', 'four', 'five']))
  expect(screen.queryByRole('button', { name: /earlier/ })).not.toBeInTheDocument()
  expect(screen.getByRole('list', { name: 'Replies to Ada Lindqvist' })).toHaveFocus()
})

test('what waits for the reader among earlier replies is shown at once', async () => {
  answering({ has_new_replies: true })
  renderPart(<ConversationCard goalId="goal" />)
  expect(await screen.findByText('two')).toBeInTheDocument()
})
