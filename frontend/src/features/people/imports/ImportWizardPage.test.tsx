import { screen, waitFor } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, test, vi } from 'vitest'
import { renderPart } from '@/test/render'
import { problem, server, signIn, withApi } from '@/test/server'
import { ImportWizardPage } from './ImportWizardPage'

withApi()
beforeEach(signIn)

const SUGGESTION = {
  encoding: 'utf-8',
  delimiter: ',',
  row_count: 3,
  columns: [
    { name: 'Name', samples: ['Lovelace, Ada'], field: 'name', is_sensitive: false },
    { name: 'EmpID', samples: ['E1'], field: null, is_sensitive: false },
    { name: 'Salary', samples: [], field: null, is_sensitive: true },
  ],
  mapping: { columns: { name: 'Name' }, name_format: 'last_first', date_formats: ['%Y-%m-%d'] },
  notes: [{ code: 'identity_missing', detail: 'No column holds an id.', column: null }],
}

const file = () => new File(['Name,EmpID,Salary\n'], 'people.csv', { type: 'text/csv' })

async function upload() {
  const part = renderPart(<ImportWizardPage />)
  await part.user.upload(await screen.findByLabelText('Choose a file'), file())
  return part
}

test('a file is looked at, completed by hand, and becomes a plan', async () => {
  // jsdom's forms do not travel through Node's requests: what goes into one is watched instead.
  const append = vi.spyOn(FormData.prototype, 'append')
  const planned = () => append.mock.calls.filter(([name]) => name === 'mapping')
  server.use(
    http.post('*/v1/people/import-suggestions', () => HttpResponse.json(SUGGESTION)),
    http.post('*/v1/people/imports', () => HttpResponse.json({ id: 'plan' }, { status: 201 })),
  )
  const { user, router } = await upload()
  expect(await screen.findByText('No column holds an id.')).toBeInTheDocument()
  expect(screen.getByText('Sensitive')).toBeInTheDocument()

  await user.click(screen.getByRole('button', { name: 'Make a plan' }))
  expect(await screen.findByText(/people are recognised by it next time/)).toBeInTheDocument()
  expect(planned()).toHaveLength(0)

  await user.click(screen.getByRole('combobox', { name: 'Meaning of EmpID' }))
  await user.click(await screen.findByRole('option', { name: 'Employee ID', hidden: false }))
  await user.click(screen.getByRole('button', { name: 'Make a plan' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/admin/imports/plan'))
  expect(JSON.parse(String(planned()[0]?.[1]))).toMatchObject({
    columns: { name: 'Name', external_id: 'EmpID' },
    name_format: 'last_first',
    mode: 'delta',
  })
  const files = append.mock.calls.filter(([name]) => name === 'file')
  expect(files.at(-1)?.[1]).toBeInstanceOf(File)
})

test('a file that cannot be read says why, and another may be chosen', async () => {
  server.use(
    http.post('*/v1/people/import-suggestions', () =>
      problem(422, 'file_unreadable', [
        { pointer: '/file', code: 'no_rows', detail: 'Below the header there is nothing.' },
      ]),
    ),
  )
  await upload()
  expect(await screen.findByText('Below the header there is nothing.')).toBeInTheDocument()
  expect(screen.getByLabelText('Choose a file')).toBeEnabled()
})
