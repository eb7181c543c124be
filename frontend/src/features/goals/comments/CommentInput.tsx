import { Combobox, Group, Text, Textarea, type TextareaProps, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listMentionablePeopleOptions } from '@/api/gen/@tanstack/react-query.gen'
import type { PersonRef } from '@/api/gen/types.gen'
import { PersonAvatar } from '@/components/PersonAvatar'
import { bestFirst, nameBeingTyped, withName } from './mentions'

interface CommentInputProps extends Omit<TextareaProps, 'value' | 'onChange'> {
  goalId: string
  value: string
  onChange: (text: string) => void
  onPick: (person: PersonRef) => void
}

/** A text in which "@" offers the people who see the goal. */
export function CommentInput(props: CommentInputProps) {
  const { goalId, value, onChange, onPick, onKeyDown, ...textarea } = props
  const { t } = useTranslation()
  const field = useRef<HTMLTextAreaElement>(null)
  const [naming, setNaming] = useState<string | null>(null)
  const combobox = useCombobox()
  const [asked] = useDebouncedValue(naming?.trim() ?? '', 150)
  const found = useQuery({
    ...listMentionablePeopleOptions({ path: { goal_id: goalId }, query: { q: asked || '-' } }),
    enabled: naming !== null && asked !== '',
    placeholderData: keepPreviousData,
  })
  const people = naming && asked ? bestFirst(found.data?.items ?? [], asked) : []
  const isOpen = naming !== null && naming !== '' && found.data !== undefined

  const look = (node: HTMLTextAreaElement) => {
    const name = nameBeingTyped(node.value, node.selectionStart)
    setNaming(name)
    if (name !== null) combobox.updateSelectedOptionIndex()
  }
  const pick = (id: string) => {
    const person = people.find((one) => one.id === id)
    const node = field.current
    if (!person || !node) return
    const [text, caret] = withName(value, node.selectionStart, person.name)
    onPick(person)
    onChange(text)
    setNaming(null)
    requestAnimationFrame(() => {
      node.focus()
      node.setSelectionRange(caret, caret)
    })
  }
  return (
    <Combobox
      store={{ ...combobox, dropdownOpened: isOpen }}
      onOptionSubmit={pick}
      position="bottom-start"
    >
      <Combobox.EventsTarget withKeyboardNavigation={isOpen}>
        <Textarea
          ref={field}
          autosize
          minRows={2}
          maxRows={14}
          maxLength={10_000}
          {...textarea}
          value={value}
          onChange={(event) => {
            onChange(event.currentTarget.value)
            look(event.currentTarget)
          }}
          onBlur={() => setNaming(null)}
          onKeyDown={(event) => {
            if (isOpen && event.key === 'Escape') {
              event.stopPropagation()
              setNaming(null)
            } else onKeyDown?.(event)
          }}
        />
      </Combobox.EventsTarget>
      <Combobox.DropdownTarget>
        <div />
      </Combobox.DropdownTarget>
      <Combobox.Dropdown hidden={!isOpen}>
        <Combobox.Options
          mah={260}
          style={{ overflowY: 'auto' }}
          aria-label={t('conversation.mentionPeople')}
        >
          {people.map((person) => (
            <Combobox.Option key={person.id} value={person.id}>
              <Group gap="sm" wrap="nowrap">
                <PersonAvatar name={person.name} size={28} />
                <div>
                  <Text size="sm">{person.name}</Text>
                  <Text size="xs" c="dimmed">
                    {person.job_title}
                  </Text>
                </div>
              </Group>
            </Combobox.Option>
          ))}
          {people.length === 0 && (
            <Combobox.Empty>{t('conversation.mentionNobody')}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
