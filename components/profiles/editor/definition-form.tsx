"use client";
// Owns the definition as forms, in the order in which a request comes to be.

import { AnswerSection, FailingSection, RetrySection } from "./answer-section";
import { BodySection } from "./body-section";
import { HeadersSection } from "./headers-section";
import type { SectionProps } from "./section-props";
import { SignatureSection } from "./signature-section";

export function DefinitionForm(props: SectionProps) {
  return (
    <>
      <BodySection {...props} />
      <HeadersSection {...props} />
      <SignatureSection {...props} />
      <AnswerSection {...props} />
      <RetrySection {...props} />
      <FailingSection {...props} />
    </>
  );
}
