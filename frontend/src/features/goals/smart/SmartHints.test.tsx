import { screen } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, test } from 'vitest'
import { renderPart } from '@/test/render'
import { problem, server, signIn, withApi } from '@/test/server'
import { newGoalFields } from '../goalFields'
import { SmartHints } from './SmartHints'

withApi()
beforeEach(signIn)

const owner = { id: 'a', name: 'Ada', job_title: null }
const fields = { ...newGoalFields(owner, undefined, undefined), title: 'Improve support' }
const hint = (rule: string) => ({
  rule,
  criterion: 'specific',
  pointer: '/title',
  advice: `Advice ${rule}`,
  why: 'Because.',
  example: 'Like so.',
})

test('shows two hints at first, each with its reason and an example on demand', async () => {
  const hints = ['title_vague', 'no_unit', 'no_end'].map(hint)
  server.use(
    http.post('*/v1/goals/smart-hints', () => HttpResponse.json({ hints, met: ['relevant'] })),
  )
  const { user } = renderPart(<SmartHints fields={fields} />)
  expect(await screen.findByText('Advice title_vague')).toBeInTheDocument()
  expect(screen.queryByText('Advice no_end')).not.toBeInTheDocument()
  expect(screen.getByTitle('Relevant: clear')).toBeInTheDocument()
  expect(screen.getByTitle('Specific: could be clearer')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Show 1 more' }))
  expect(screen.getByText('Advice no_end')).toBeInTheDocument()
  const why = screen.getByRole('button', { name: 'Why, and an example: Advice no_unit' })
  await user.click(why)
  expect(why).toHaveAttribute('aria-expanded', 'true')
})

test('says nothing rather than fail', async () => {
  let asked = 0
  server.use(
    http.post('*/v1/goals/smart-hints', () => {
      asked += 1
      return problem(422, 'invalid')
    }),
  )
  renderPart(<SmartHints fields={fields} />)
  await expect.poll(() => asked).toBe(1)
  expect(screen.queryByText('How clear is it?')).not.toBeInTheDocument()
})
