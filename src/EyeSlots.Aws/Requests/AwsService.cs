using Amazon;

namespace EyeSlots.Aws.Requests;

/// <summary>A service of AWS.</summary>
/// <param name="Title">Its name in messages.</param>
/// <param name="Id">Its name in <c>AWS_ENDPOINT_URL_…</c> and in the sections of the configuration, such as <c>auto_scaling</c>.</param>
/// <param name="Name">Its name in signatures, actions of policies and hosts, such as <c>autoscaling</c>.</param>
/// <param name="Version">The date of its Query protocol, or what stands before actions in <c>X-Amz-Target</c>.</param>
/// <param name="JsonVersion">The version of its JSON protocol, or null where it speaks Query.</param>
internal sealed record AwsService(string Title, string Id, string Name, string Version, string? JsonVersion = null)
{
    public static readonly AwsService CloudFormation = new("CloudFormation", "cloudformation", "cloudformation", "2010-05-15");
    public static readonly AwsService AutoScaling = new("Auto Scaling", "auto_scaling", "autoscaling", "2011-01-01");
    public static readonly AwsService SecurityToken = new("STS", "sts", "sts", "2011-06-15");
    public static readonly AwsService Ec2 = new("EC2", "ec2", "ec2", "2016-11-15");
    public static readonly AwsService StepFunctions = new("Step Functions", "sfn", "states", "AWSStepFunctions", "1.0");
    public static readonly AwsService SecretsManager = new("Secrets Manager", "secrets_manager", "secretsmanager", "secretsmanager", "1.1");
    public static readonly AwsService ServiceQuotas = new("Service Quotas", "service_quotas", "servicequotas", "ServiceQuotasV20190624", "1.1");
    public static readonly AwsService SystemsManager = new("Systems Manager", "ssm", "ssm", "AmazonSSM", "1.1");

    /// <summary>Where AWS answers in a region, in the partition that the region belongs to.</summary>
    public Uri In(string region) => new($"https://{Name}.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}/");
}
