import { ActionIcon, Button, Card, Group, Input, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DecimalInput } from '@/components/DecimalInput'
import { emptyMilestone, type MilestoneFields } from './goalFields'
import classes from './MilestonesInput.module.css'

/** On a day, or so many days after the goal starts. */
export type DueBy = 'day' | 'days'

interface MilestonesInputProps {
  // biome-ignore lint/suspicious/noExplicitAny: stands in the goal's form and in one of its own
  form: UseFormReturnType<any>
  /** Where the list lies in the form. */
  path: string
  milestones: MilestoneFields[]
  dueBy?: DueBy
}

/** The steps in their order: Enter adds the next one, the arrows move one. */
export function MilestonesInput({ form, path, milestones, dueBy = 'day' }: MilestonesInputProps) {
  const { t } = useTranslation()
  const [added, setAdded] = useState<string | null>(null)
  const adder = useRef<HTMLButtonElement>(null)
  const insert = (index: number) => {
    const step = emptyMilestone()
    setAdded(step.key)
    form.insertListItem(path, step, index)
  }
  const onEnter = (index: number) => (event: KeyboardEvent) => {
    // Enter within an input method confirms a word and nothing else.
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    insert(index + 1)
  }
  const remove = (index: number) => {
    form.removeListItem(path, index)
    adder.current?.focus()
  }
  return (
    <Input.Wrapper
      label={t('milestone.list')}
      description={t('milestone.hint')}
      error={form.errors[path]}
      labelElement="div"
    >
      <ol className={classes.list}>
        {milestones.map((step, index) => {
          const number = index + 1
          return (
            <Card key={step.key} component="li" p="xs" shadow="none">
              <div className={classes.step}>
                <TextInput
                  required
                  withAsterisk={false}
                  className={classes.title}
                  label={t('milestone.number', { number })}
                  maxLength={200}
                  autoFocus={step.key === added}
                  onKeyDown={onEnter(index)}
                  {...form.getInputProps(`${path}.${index}.title`)}
                />
                <DecimalInput
                  label={t('goal.weight')}
                  aria-label={t('milestone.weight', { number })}
                  {...form.getInputProps(`${path}.${index}.weight`)}
                />
                {dueBy === 'day' ? (
                  <TextInput
                    type="date"
                    label={t('goal.dueOn')}
                    aria-label={t('milestone.due', { number })}
                    {...form.getInputProps(`${path}.${index}.due_on`)}
                  />
                ) : (
                  <TextInput
                    inputMode="numeric"
                    autoComplete="off"
                    label={t('milestone.dueAfter')}
                    aria-label={t('milestone.dueAfterOf', { number })}
                    {...form.getInputProps(`${path}.${index}.due_after_days`)}
                  />
                )}
                <Group gap={2} wrap="nowrap" className={classes.acts}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('milestone.up', { number })}
                    disabled={index === 0}
                    onClick={() => form.reorderListItem(path, { from: index, to: index - 1 })}
                  >
                    <IconArrowUp size={16} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('milestone.down', { number })}
                    disabled={number === milestones.length}
                    onClick={() => form.reorderListItem(path, { from: index, to: index + 1 })}
                  >
                    <IconArrowDown size={16} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('milestone.remove', { number })}
                    disabled={milestones.length === 1}
                    onClick={() => remove(index)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Group>
              </div>
            </Card>
          )
        })}
      </ol>
      <Button
        ref={adder}
        variant="subtle"
        size="compact-sm"
        mt="xs"
        leftSection={<IconPlus size={15} />}
        onClick={() => insert(milestones.length)}
      >
        {t('milestone.add')}
      </Button>
    </Input.Wrapper>
  )
}
