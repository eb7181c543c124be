import {
  ActionIcon,
  Button,
  Card,
  Group,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { DecimalInput } from '@/components/DecimalInput'
import { emptyKeyResult } from '../goalFields'
import { KeyResultInputs } from '../KeyResultInputs'
import { TemplatePicker } from '../templates/TemplatePicker'
import { begun } from '../templates/template'
import { useGoalStart } from '../useGoalStart'
import { type BulkFields, emptyGoal } from './bulk'

type Form = UseFormReturnType<BulkFields>
const MOST = 25
function GoalFieldset({ form, index }: { form: Form; index: number }) {
  const { t } = useTranslation()
  const at = `goals.${index}.`
  const number = index + 1
  const nameOf = (place: number) => t('keyResult.number', { number: place + 1 })
  return (
    <Card component="section" aria-label={t('bulk.goal', { number })} p="md" shadow="none">
      <Group justify="space-between" mb="xs">
        <Text fw={600} size="sm">
          {t('bulk.goal', { number })}
        </Text>
        {form.values.goals.length > 1 && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('bulk.removeGoal', { number })}
            onClick={() => form.removeListItem('goals', index)}
          >
            <IconTrash size={17} stroke={1.7} />
          </ActionIcon>
        )}
      </Group>
      <Stack gap="md">
        <TextInput
          required
          label={t('goal.title')}
          placeholder={t('goal.titleExample')}
          maxLength={200}
          {...form.getInputProps(`${at}title`)}
        />
        <Group align="flex-start" gap="sm">
          <Textarea
            autosize
            minRows={1}
            maxRows={6}
            label={t('goal.description')}
            style={{ flex: '1 1 260px' }}
            {...form.getInputProps(`${at}description`)}
          />
          <DecimalInput label={t('goal.weight')} w={110} {...form.getInputProps(`${at}weight`)} />
        </Group>
        {form.values.goals[index]?.key_results.map((fields, place) => (
          <Stack key={fields.key} gap="sm" component="section" aria-label={nameOf(place)}>
            <Group justify="space-between">
              <Text size="xs" c="dimmed" fw={560}>
                {nameOf(place)}
              </Text>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('keyResult.remove', { number: place + 1 })}
                onClick={() => form.removeListItem(`${at}key_results`, place)}
              >
                <IconTrash size={17} stroke={1.7} />
              </ActionIcon>
            </Group>
            <KeyResultInputs form={form} at={`${at}key_results.${place}.`} fields={fields} />
          </Stack>
        ))}
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={15} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => form.insertListItem(`${at}key_results`, emptyKeyResult())}
        >
          {t('goal.act.add_key_result')}
        </Button>
      </Stack>
    </Card>
  )
}

export function BulkGoals({ form }: { form: Form }) {
  const { t } = useTranslation()
  const startOf = useGoalStart()
  const isUntouched = ({ title }: { title: string }) => title.trim() === ''
  return (
    <Card>
      <Title order={2} mb="md">
        {t('bulk.goals')}
      </Title>
      <Stack gap="md">
        {form.values.goals.map(({ key }, index) => (
          <GoalFieldset key={key} form={form} index={index} />
        ))}
        <Group gap="sm">
          <TemplatePicker
            onUse={(template) => {
              const kept = form.values.goals.filter((goal) => !isUntouched(goal))
              form.setFieldValue('goals', [
                ...kept,
                { ...emptyGoal(), ...begun(template, startOf(form.values)) },
              ])
            }}
          />
          <Button
            variant="subtle"
            leftSection={<IconPlus size={16} />}
            disabled={form.values.goals.length >= MOST}
            onClick={() => form.insertListItem('goals', emptyGoal())}
          >
            {t('bulk.addGoal')}
          </Button>
        </Group>
      </Stack>
    </Card>
  )
}
