import { Alert, Badge, Button, Card, Group, List, Select, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconArrowLeft, IconArrowRight, IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MappingDraft, MappingSuggestion } from '@/api/gen/types.gen'
import type { ApiError } from '@/api/problem'
import { type Column, DataTable } from '@/components/DataTable'
import { FormProblem } from '@/components/FormProblem'
import { MappingRules } from './MappingRules'
import classes from './MappingStep.module.css'
import {
  assign,
  fieldsOfSuggestion,
  gapsOf,
  mappingOf,
  PERSON_FIELDS,
  type Target,
} from './mapping'

type FileColumn = MappingSuggestion['columns'][number]

interface MappingStepProps {
  suggestion: MappingSuggestion
  problem: ApiError | null
  isPlanning: boolean
  onBack: () => void
  onPlan: (mapping: MappingDraft) => void
}

function Samples({ column }: { column: FileColumn }) {
  const { t } = useTranslation()
  if (column.is_sensitive) {
    return (
      <Badge color="gray" leftSection={<IconLock size={12} />}>
        {t('imports.sensitive')}
      </Badge>
    )
  }
  return (
    <Text size="sm" c="dimmed" lineClamp={2}>
      {column.samples.join(' · ') || '–'}
    </Text>
  )
}

/** What each column means, with samples beside it, and how names, dates and words are read. */
export function MappingStep(props: MappingStepProps) {
  const { suggestion, problem, isPlanning, onBack, onPlan } = props
  const { t } = useTranslation()
  const [fields, setFields] = useState(() => fieldsOfSuggestion(suggestion))
  const [tried, setTried] = useState(false)
  const gaps = gapsOf(fields)
  const choices = [
    {
      group: t('imports.personFields'),
      items: PERSON_FIELDS.map((field) => ({ value: field, label: t(`imports.field.${field}`) })),
    },
    {
      group: t('imports.otherwise'),
      items: [{ value: 'attribute', label: t('imports.asAttribute') }],
    },
  ]
  const chooser = (column: FileColumn) => (
    <Select
      aria-label={t('imports.meaningOf', { column: column.name })}
      placeholder={t('imports.leftOut')}
      data={choices}
      value={fields.targets[column.name] || null}
      onChange={(target) => setFields(assign(fields, column.name, (target ?? '') as Target))}
      searchable
      clearable
    />
  )
  const columns: Column<FileColumn>[] = [
    {
      key: 'column',
      header: t('imports.column'),
      width: 230,
      cell: (column) => <Text fw={560}>{column.name}</Text>,
    },
    { key: 'samples', header: t('imports.samples'), cell: (column) => <Samples column={column} /> },
    { key: 'meaning', header: t('imports.meaning'), width: 270, cell: chooser },
  ]
  return (
    <Stack gap="lg">
      {problem && (
        <FormProblem problem={problem} messages={problem.errors.map(({ detail }) => detail)} />
      )}
      {tried && gaps.length > 0 && (
        <Alert
          color="coral"
          icon={<IconAlertTriangle size={18} />}
          title={t('imports.incomplete')}
          role="alert"
        >
          <List size="sm">
            {gaps.map((gap) => (
              <List.Item key={gap}>{t(`imports.gap.${gap}`)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {suggestion.notes.length > 0 && (
        <Alert color="sky" title={t('imports.notes')}>
          <List size="sm">
            {suggestion.notes.map((note) => (
              <List.Item key={`${note.code} ${note.detail}`}>{note.detail}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <div>
        <Title order={2} mb={4}>
          {t('imports.columns')}
        </Title>
        <Text size="sm" c="dimmed" mb="md">
          {t('imports.columnsHint', {
            count: suggestion.row_count,
            encoding: suggestion.encoding,
          })}
        </Text>
        <DataTable
          label={t('imports.columns')}
          columns={columns}
          rows={suggestion.columns}
          rowKey={(column) => column.name}
          card={(column) => (
            <Stack gap={6}>
              <Text fw={560} size="sm">
                {column.name}
              </Text>
              <Samples column={column} />
              {chooser(column)}
            </Stack>
          )}
        />
      </div>
      <Card>
        <MappingRules fields={fields} onFields={setFields} columns={suggestion.columns} />
      </Card>
      <Group justify="space-between" className={classes.foot}>
        <Button variant="default" leftSection={<IconArrowLeft size={17} />} onClick={onBack}>
          {t('imports.otherFile')}
        </Button>
        <Button
          rightSection={<IconArrowRight size={17} />}
          loading={isPlanning}
          onClick={() => {
            setTried(true)
            if (gaps.length === 0) onPlan(mappingOf(fields, suggestion.mapping))
            else window.scrollTo({ top: 0 })
          }}
        >
          {t('imports.plan')}
        </Button>
      </Group>
    </Stack>
  )
}
