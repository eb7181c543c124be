import { screen, waitFor } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, test } from 'vitest'
import { SETTINGS } from '@/test/feedback'
import { renderPart } from '@/test/render'
import { server, signIn, withApi } from '@/test/server'
import { FeedbackSettingsCard } from './FeedbackSettingsCard'

withApi()
beforeEach(signIn)

const has = (permissions: string[]) =>
  server.use(
    http.get('*/v1/feedback-settings', () =>
      HttpResponse.json({ ...SETTINGS, coach_off: ['no_impact'], permissions }),
    ),
  )

test('a rule of the coach is switched off, and another on', async () => {
  has(['edit'])
  const sent: unknown[] = []
  server.use(
    http.patch('*/v1/feedback-settings', async ({ request }) => {
      const body = (await request.json()) as object
      sent.push(body)
      return HttpResponse.json({ ...SETTINGS, ...body, version: 3, permissions: ['edit'] })
    }),
  )
  const { user } = renderPart(<FeedbackSettingsCard />)
  expect(await screen.findByRole('switch', { name: 'Words that hurt' })).toBeChecked()
  expect(screen.getByRole('switch', { name: 'No impact' })).not.toBeChecked()
  await user.click(screen.getByRole('switch', { name: 'Words that fit anybody' }))
  await user.click(screen.getByRole('switch', { name: 'Too many softeners' }))
  await user.click(screen.getByRole('switch', { name: 'No impact' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(sent).toEqual([{ coach_off: ['hedged', 'vague_adjective'] }]))
})

test('whoever may not edit reads which rules speak', async () => {
  has([])
  renderPart(<FeedbackSettingsCard />)
  expect(await screen.findByRole('switch', { name: 'No impact' })).toBeDisabled()
  expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument()
})
