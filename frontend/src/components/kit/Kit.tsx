import {
  Badge,
  Box,
  Button,
  Card,
  Group,
  MantineProvider,
  SimpleGrid,
  Stack,
  TextInput,
  Title,
} from '@mantine/core'
import { IconTargetArrow } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ApiError } from '@/api/problem'
import { ConfirmButton } from '@/components/ConfirmButton'
import { DataTable } from '@/components/DataTable'
import { DecimalInput } from '@/components/DecimalInput'
import { EmptyState } from '@/components/EmptyState'
import { ErrorPanel } from '@/components/ErrorPanel'
import { Conflict, FormProblem } from '@/components/FormProblem'
import { Markdown } from '@/components/Markdown'
import { PageHeader } from '@/components/PageHeader'
import { PersonAvatar } from '@/components/PersonAvatar'
import { PersonLine } from '@/components/PersonLine'
import { ProgressBar } from '@/components/ProgressBar'
import { PageSkeleton } from '@/components/Skeletons'
import { StatusBadge } from '@/components/StatusBadge'
import { toastDone, toastProblem, toastUndo } from '@/components/toasts'
import { STATUS_COLOR, type StatusWord } from '@/theme/status'
import { cssVariables, theme } from '@/theme/theme'

const PEOPLE = ['Ada Lindqvist', 'Ben Okafor', 'Chiara Romano', 'Daan de Vries'].map((name) => ({
  id: name,
  name,
  job_title: 'Somebody',
}))

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Card>
      <Title order={2} mb="md">
        {name}
      </Title>
      {children}
    </Card>
  )
}

function Parts() {
  return (
    <Stack gap="lg" p="xl">
      <PageHeader
        title="Every shared part"
        subtitle="In one of the two schemes"
        status={<StatusBadge status="on_track" />}
        actions={<Button>Next step</Button>}
      />
      <Part name="Status">
        <Group>
          {(Object.keys(STATUS_COLOR) as StatusWord[]).map((word) => (
            <StatusBadge key={word} status={word} />
          ))}
        </Group>
        <Group mt="md">
          {['brand', 'leaf', 'amber', 'coral', 'sky', 'gray'].map((color) => (
            <Badge key={color} color={color}>
              {color}
            </Badge>
          ))}
        </Group>
      </Part>
      <Part name="Progress">
        <Stack gap="lg">
          <ProgressBar label="A" progress="0.62" expected="0.5" status="on_track" />
          <ProgressBar label="B" progress="0.4" expected="0.6" status="at_risk" />
          <ProgressBar label="C" progress="0.1" expected="0.6" status="off_track" size="lg" />
          <ProgressBar label="D" progress={null} status={null} />
        </Stack>
      </Part>
      <Part name="People">
        <Group>
          {PEOPLE.map((person) => (
            <PersonAvatar key={person.id} name={person.name} />
          ))}
        </Group>
        <Box mt="md">
          <PersonLine person={PEOPLE[0] ?? { id: '', name: '', job_title: null }} />
        </Box>
      </Part>
      <Part name="Form">
        <SimpleGrid cols={3}>
          <TextInput label="Text" placeholder="Placeholder" />
          <TextInput label="With an error" error="This is needed" />
          <DecimalInput label="Decimal" value="12.5" />
        </SimpleGrid>
        <Group mt="md">
          <Button>Filled</Button>
          <Button variant="default">Default</Button>
          <Button variant="light">Light</Button>
          <Button variant="subtle">Subtle</Button>
          <ConfirmButton question="Really?" confirmLabel="Yes" onConfirm={() => undefined}>
            Asks once
          </ConfirmButton>
        </Group>
      </Part>
      <Part name="Problems">
        <Stack>
          <FormProblem
            problem={new ApiError({ status: 422, title: 'Some of this is not right.' })}
            messages={['A goal needs a title.']}
          />
          <Conflict onReload={() => undefined} onKeepMine={() => undefined} />
          <ErrorPanel error={new ApiError({ status: 404 })} />
        </Stack>
      </Part>
      <Part name="Toasts">
        <Group>
          <Button variant="default" onClick={() => toastDone('Done')}>
            Done
          </Button>
          <Button variant="default" onClick={() => toastProblem('It did not work.')}>
            Problem
          </Button>
          <Button variant="default" onClick={() => toastUndo('Gone', 'Undo', () => undefined)}>
            Undo
          </Button>
        </Group>
      </Part>
      <DataTable
        label="People"
        rows={PEOPLE}
        rowKey={(row) => row.id}
        columns={[
          { key: 'name', header: 'Name', cell: (row) => row.name },
          { key: 'title', header: 'Title', cell: (row) => row.job_title },
        ]}
      />
      <Part name="Nothing here yet">
        <EmptyState icon={IconTargetArrow} title="No goals" example="For example: NPS 42 to 60.">
          A sentence that teaches.
        </EmptyState>
      </Part>
      <Part name="Markdown">
        <Markdown>
          {'Some **bold** words, a [link](https://example.com)\n\n- and\n- a list'}
        </Markdown>
      </Part>
      <PageSkeleton />
    </Stack>
  )
}

/** Both schemes side by side. */
export default function Kit() {
  return (
    <SimpleGrid cols={2} spacing={0}>
      {(['light', 'dark'] as const).map((scheme) => (
        <div key={scheme} id={`kit-${scheme}`} style={{ background: 'var(--app-canvas)' }}>
          <MantineProvider
            theme={theme}
            cssVariablesResolver={cssVariables}
            forceColorScheme={scheme}
            cssVariablesSelector={`#kit-${scheme}`}
            getRootElement={() => document.getElementById(`kit-${scheme}`) ?? undefined}
          >
            <Parts />
          </MantineProvider>
        </div>
      ))}
    </SimpleGrid>
  )
}
