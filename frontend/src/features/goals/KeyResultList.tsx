import { ActionIcon, Button, Card, Group, Stack, Text } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { emptyKeyResult, type KeyResultFields } from './goalFields'
import { KeyResultInputs } from './KeyResultInputs'
import type { DueBy } from './MilestonesInput'

interface KeyResultListProps {
  // biome-ignore lint/suspicious/noExplicitAny: stands in the form of a goal and of a template
  form: UseFormReturnType<any>
  dueBy?: DueBy
}

/** The key results of a form, at `key_results`. */
export function KeyResultList({ form, dueBy }: KeyResultListProps) {
  const { t } = useTranslation()
  const rows: KeyResultFields[] = form.values.key_results
  return (
    <Stack gap="sm" component="section" aria-label={t('goal.keyResults')}>
      <div>
        <Text fw={620}>{t('goal.keyResults')}</Text>
        <Text size="sm" c="dimmed">
          {t('goal.keyResultsHint')}
        </Text>
      </div>
      {rows.map((fields, index) => (
        <Card key={fields.key} p="md" shadow="none">
          <Group justify="space-between" mb={4}>
            <Text size="xs" c="dimmed" fw={560}>
              {t('keyResult.number', { number: index + 1 })}
            </Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('keyResult.remove', { number: index + 1 })}
              onClick={() => form.removeListItem('key_results', index)}
            >
              <IconTrash size={17} stroke={1.7} />
            </ActionIcon>
          </Group>
          <Stack gap="sm">
            <KeyResultInputs
              form={form}
              at={`key_results.${index}.`}
              fields={fields}
              dueBy={dueBy}
            />
          </Stack>
        </Card>
      ))}
      <Button
        variant="light"
        leftSection={<IconPlus size={16} />}
        onClick={() => form.insertListItem('key_results', emptyKeyResult())}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('goal.act.add_key_result')}
      </Button>
    </Stack>
  )
}
