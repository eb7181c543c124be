import { ActionIcon, Button, Group, Input, Menu, Stack, Textarea } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconBulb, IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { randomId } from '@/lib/ids'
import { MOST_QUESTIONS, type RequestFields } from './fields'

const READY = ['strength', 'different', 'support', 'together', 'project'] as const

/** One to five questions, some of them ready-made. */
export function QuestionsInput({ form }: { form: UseFormReturnType<RequestFields> }) {
  const { t } = useTranslation()
  const { questions } = form.values
  const isFull = questions.length >= MOST_QUESTIONS
  const add = (text: string) => {
    const blank = questions.findIndex((question) => !question.text.trim())
    if (text && blank >= 0) form.setFieldValue(`questions.${blank}.text`, text)
    else form.insertListItem('questions', { key: randomId(), text })
  }
  const unused = READY.map((key) => t(`requests.ready.${key}`)).filter(
    (text) => !questions.some((question) => question.text === text),
  )
  return (
    <Input.Wrapper label={t('requests.questions')} labelElement="div" required>
      <Stack gap={8} mt={4}>
        {questions.map(({ key }, place) => (
          <Group key={key} gap={6} wrap="nowrap" align="flex-start">
            <Textarea
              flex={1}
              autosize
              minRows={1}
              maxLength={300}
              aria-label={t('requests.question', { place: place + 1 })}
              placeholder={t('requests.questionExample')}
              {...form.getInputProps(`questions.${place}.text`)}
            />
            {questions.length > 1 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t('requests.removeQuestion', { place: place + 1 })}
                onClick={() => form.removeListItem('questions', place)}
              >
                <IconX size={17} />
              </ActionIcon>
            )}
          </Group>
        ))}
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={15} />}
            disabled={isFull}
            onClick={() => add('')}
          >
            {t('requests.addQuestion')}
          </Button>
          {unused.length > 0 && (
            <Menu position="bottom-start" width={340}>
              <Menu.Target>
                <Button
                  size="xs"
                  variant="subtle"
                  leftSection={<IconBulb size={15} />}
                  disabled={isFull && questions.every(({ text }) => text.trim())}
                >
                  {t('requests.pick')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {unused.map((text) => (
                  <Menu.Item key={text} onClick={() => add(text)}>
                    {text}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
        </Group>
      </Stack>
    </Input.Wrapper>
  )
}
