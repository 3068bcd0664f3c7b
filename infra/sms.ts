import { Annotations, Stack } from "aws-cdk-lib";
import { Effect, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import type { Audience } from "../functions/core/configuration.ts";
import { acknowledgePattern } from "./acknowledge.ts";
import type { StackConfiguration } from "./config/stack-configuration.ts";

/**
 * What SMS need besides a topic. SNS logs what becomes of each SMS with the role if the account's setting
 * `DeliveryStatusIAMRole` names it; CloudFormation has no resource for that setting (Amazon SNS API Reference,
 * `SetSMSAttributes`).
 */
export class SmsDelivery extends Construct {
  readonly loggingRole: Role;

  constructor(scope: Construct, id: string, { audiences }: StackConfiguration) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);
    this.loggingRole = new Role(this, "Logging", {
      description: "Lets SNS log what becomes of SMS",
      assumedBy: new ServicePrincipal("sns.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": account } },
      }),
    });
    const logGroups = `arn:${partition}:logs:${region}:${account}:log-group:sns/${region}/${account}/*`;
    this.loggingRole.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [logGroups],
      }),
    );
    acknowledgePattern(this.loggingRole, logGroups, "SNS names its log groups by number and result");
    for (const audience of audiences)
      for (const warning of missingRegistrations(audience))
        Annotations.of(this).addWarningV2(`feedbell:sms-registration:${audience.name}`, warning);
  }
}

/**
 * What the countries of an audience's readers require and its settings lack: a registered origination number in the
 * United States, a registered sender with its template in India (Amazon SNS Developer Guide, 'Origination identities for
 * Amazon SNS SMS messages' and 'Sending SMS messages to India').
 */
export function* missingRegistrations({ name, sms }: Audience): Iterable<string> {
  const { countries = [], originationNumber, senderId, entityId, templateId } = sms;
  if (countries.includes("US") && originationNumber === undefined)
    yield `Audience ${name}: the United States require a registered number. Set sms.originationNumber; see infra/RUNBOOK.md, 'SMS registration'.`;
  if (countries.includes("IN") && [senderId, entityId, templateId].includes(undefined))
    yield `Audience ${name}: India requires a registered sender. Set sms.senderId, sms.entityId and sms.templateId; see infra/RUNBOOK.md, 'SMS registration'.`;
}
