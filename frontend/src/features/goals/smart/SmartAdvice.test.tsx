import { TextInput } from '@mantine/core'
import { screen } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, test, vi } from 'vitest'
import type { SmartHint } from '@/api/gen/types.gen'
import { goal, keyResult } from '@/test/fixtures'
import { renderPart } from '@/test/render'
import { problem, server, signIn, withApi } from '@/test/server'
import { DraftAdvice } from './DraftAdvice'
import { draftOfGoal } from './draft'
import { SmartAdvice, SmartSummary, WithHint } from './SmartAdvice'

withApi()
beforeEach(signIn)

const draft = draftOfGoal(goal({ title: 'Improve support' }), 'en')
const hint = (rule: string, pointer: string): SmartHint => ({
  rule: rule as SmartHint['rule'],
  criterion: 'specific',
  pointer,
  advice: `Advice ${rule}`,
  why: 'Because.',
  example: 'Like so.',
})

let asked: number
function advises(...hints: SmartHint[]) {
  asked = 0
  server.use(
    http.post('*/v1/goals/smart-hints', () => {
      asked += 1
      return HttpResponse.json({ hints, met: ['relevant'] })
    }),
  )
}

function Form({ base = '' }: { base?: string }) {
  return (
    <SmartAdvice draft={draft} base={base}>
      <WithHint at="title">
        <TextInput label="Title" />
      </WithHint>
      <WithHint at={['target', 'unit']}>
        <TextInput label="Unit" />
      </WithHint>
      <SmartSummary />
    </SmartAdvice>
  )
}

test('advice stands beside the field that it is about, in one request', async () => {
  advises(hint('title_vague', '/title'), hint('no_unit', '/key_results/0/unit'))
  const { user } = renderPart(<Form />)
  const advice = await screen.findByText('Advice title_vague')
  const [title, unit] = [screen.getByLabelText('Title'), screen.getByLabelText('Unit')]
  expect(title.compareDocumentPosition(advice)).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
  expect(unit.compareDocumentPosition(advice)).toBe(Node.DOCUMENT_POSITION_PRECEDING)
  expect(screen.queryByText('Advice no_unit')).not.toBeInTheDocument()
  expect(screen.getByTitle('Relevant: clear')).toBeInTheDocument()
  expect(screen.getByTitle('Specific: could be clearer')).toBeInTheDocument()
  expect(asked).toBe(1)
  const why = screen.getByRole('button', { name: 'Why, and an example: Advice title_vague' })
  await user.click(why)
  expect(why).toHaveAttribute('aria-expanded', 'true')
})

test('the form of a key result shows what is said of that one', async () => {
  advises(hint('title_vague', '/title'), hint('no_unit', '/key_results/0/unit'))
  renderPart(<Form base="key_results.0." />)
  expect(await screen.findByText('Advice no_unit')).toBeInTheDocument()
  expect(screen.queryByText('Advice title_vague')).not.toBeInTheDocument()
})

test('what is dismissed stays away, and a polite voice says how much is left', async () => {
  advises(hint('title_vague', '/title'), hint('no_reason', '/description'))
  const { user } = renderPart(<Form />)
  const told = await screen.findByText('2 pieces of advice on how to make it clearer')
  expect(told).toHaveAttribute('aria-live', 'polite')
  await user.click(screen.getByRole('button', { name: 'Dismiss: Advice title_vague' }))
  expect(screen.queryByText('Advice title_vague')).not.toBeInTheDocument()
  expect(told).toHaveTextContent('1 piece of advice on how to make it clearer')
})

test('says nothing rather than fail', async () => {
  let refused = 0
  server.use(
    http.post('*/v1/goals/smart-hints', () => {
      refused += 1
      return problem(422, 'invalid')
    }),
  )
  renderPart(<Form />)
  await expect.poll(() => refused).toBe(1)
  expect(screen.queryByText('How clear is it?')).not.toBeInTheDocument()
})

test('a draft is told what is missing before it starts, and where to mend it', async () => {
  const hints = ['title_vague', 'no_unit', 'no_key_result', 'no_reason']
  const pointers = ['/title', '/key_results/0/unit', '/key_results', '/description']
  advises(...hints.map((rule, place) => hint(rule, pointers[place] ?? '')))
  const onSearch = vi.fn()
  const shown = goal({
    state: 'draft',
    key_results: [keyResult()],
    permissions: ['edit', 'add_key_result'],
  })
  const { user } = renderPart(<DraftAdvice goal={shown} onSearch={onSearch} />)
  for (const rule of hints.slice(0, 3)) {
    await user.click(await screen.findByRole('button', { name: `Change this: Advice ${rule}` }))
  }
  expect(onSearch.mock.calls).toEqual([
    [{ edit: true }],
    [{ key_result: 'nps' }],
    [{ key_result: 'new' }],
  ])
  expect(screen.queryByText('Advice no_reason')).not.toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Show 1 more' }))
  expect(screen.getByText('Advice no_reason')).toBeInTheDocument()
})
