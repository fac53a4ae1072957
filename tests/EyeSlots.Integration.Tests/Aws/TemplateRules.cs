using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Templates = System.Collections.Generic.IReadOnlyDictionary<string, EyeSlots.Integration.Tests.Aws.ParsedTemplate>;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>What the templates must have, each a rule that names what breaks it.</summary>
internal static partial class TemplateRules
{
    private const string Launch = "AWS::EC2::LaunchTemplate", Instance = "AWS::EC2::Instance", Bucket = "AWS::S3::Bucket", Group = "AWS::AutoScaling::AutoScalingGroup";

    public static IEnumerable<string> NoActionIsAPattern(Templates all) =>
        from template in all.Values from one in template.Allowed() from action in ParsedTemplate.Texts(one.Statement["Action"]) where action.Contains('*') select $"{one.Owner}: {action}";

    /// <summary>A reason stands behind the resource, in the same line of the file.</summary>
    public static IEnumerable<string> EveryWholeResourceHasAReason(Templates all) =>
        from template in all.Values
        let whole = template.Allowed().Count(one => ParsedTemplate.Texts(one.Statement["Resource"]).Contains("*"))
        let reasons = WholeWithReason().Count(template.Text)
        where whole != reasons
        select $"{template.Name}: {whole} resources are '*', {reasons} have a reason";

    public static IEnumerable<string> MetadataNeedsAToken(Templates all) =>
        from one in LaunchData(all)
        let options = one.Data["MetadataOptions"]
        where (string?)options?["HttpTokens"] != "required" || (int?)options["HttpPutResponseHopLimit"] != 1
        select one.Name;

    public static IEnumerable<string> EveryMachineStartsFromALaunchTemplate(Templates all) =>
        from template in all.Values
        from machine in template.Resources(Instance).Concat(template.Resources(Group))
        where !machine.Resource.ToJsonString().Contains("LaunchTemplateId", StringComparison.Ordinal)
        select machine.Name;

    public static IEnumerable<string> NobodyComesIn(Templates all)
    {
        foreach (var template in all.Values)
        {
            foreach (var one in template.Objects().Where(one => one.ContainsKey("KeyName"))) yield return $"{template.Name}: KeyName {one["KeyName"]}";
            foreach (var (name, _) in template.Resources("AWS::EC2::SecurityGroup").Where(group => group.Resource["Properties"]!["SecurityGroupIngress"] is not null)) yield return $"{name}: SecurityGroupIngress";
            foreach (var (name, ingress) in template.Resources("AWS::EC2::SecurityGroupIngress"))
            {
                var properties = ingress["Properties"]!;
                if (properties["SourceSecurityGroupId"]?.ToJsonString() != properties["GroupId"]!.ToJsonString() || (int?)properties["FromPort"] is null or <= 22) yield return name;
            }
        }
    }

    public static IEnumerable<string> DisksAreEncrypted(Templates all) =>
        from one in LaunchData(all)
        let disks = one.Data["BlockDeviceMappings"]?.AsArray() ?? []
        where disks.Count == 0 || disks.Any(disk => (bool?)disk!["Ebs"]?["Encrypted"] != true)
        select one.Name;

    public static IEnumerable<string> BucketsAreEncryptedAndClosed(Templates all) =>
        from one in Buckets(all)
        let blocked = one.Properties["PublicAccessBlockConfiguration"]?.AsObject()
        where one.Properties["BucketEncryption"] is null || blocked is null || blocked.Count != 4 || blocked.Any(pair => (bool?)pair.Value != true)
        select one.Name;

    public static IEnumerable<string> BucketsAreReachedByTlsAlone(Templates all) =>
        from one in Buckets(all)
        where !all["base"].Resources("AWS::S3::BucketPolicy").Any(policy => (string?)policy.Resource["Properties"]!["Bucket"]!["Ref"] == one.Name
            && policy.Resource["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray().Any(statement =>
                (string?)statement!["Effect"] == "Deny" && (string?)statement["Condition"]?["Bool"]?["aws:SecureTransport"] == "false" && statement["Resource"]!.AsArray().Count == 2))
        select one.Name;

    public static IEnumerable<string> NothingIsKeptUnseen(Templates all) =>
        from one in Buckets(all)
        let rules = one.Properties["LifecycleConfiguration"]?["Rules"]?.AsArray() ?? []
        where !rules.Any(rule => (int?)rule!["AbortIncompleteMultipartUpload"]?["DaysAfterInitiation"] == 1)
            || (one.Name == "ArtifactBucket" && !rules.Any(rule => (string?)rule!["Prefix"] == "clusters/" && (int?)rule["ExpirationInDays"] == 30))
            || (one.Properties["VersioningConfiguration"] is not null && !rules.Any(rule => rule!["NoncurrentVersionExpiration"] is not null))
        select one.Name;

    public static IEnumerable<string> DataOutlivesTheStack(Templates all) =>
        from name in (string[])["DataBucket", "DataBucketPolicy"]
        let resource = all["base"].Resource(name)
        where (string?)resource["DeletionPolicy"] != "Retain" || (string?)resource["UpdateReplacePolicy"] != "Retain"
        select name;

    public static IEnumerable<string> LifeAndSizeAreBounded(Templates all) =>
        from template in all.Values
        from name in (string[])["LifetimeSeconds", "MinWorkers", "MaxWorkers", "InitialWorkers", "OnDemandBase"]
        let parameter = template.Root["Parameters"]![name]
        where parameter is not null && ((int?)parameter["MinValue"] is null || (int?)parameter["MaxValue"] is null or > 86400 || (name != "LifetimeSeconds" && (int?)parameter["MaxValue"] > 64))
            || (parameter is null && name == "LifetimeSeconds" && template.Name != "base.yaml")
        select $"{template.Name}: {name}";

    public static IEnumerable<string> MachinesAndDisksAreTagged(Templates all) =>
        from one in LaunchData(all)
        from type in (string[])["instance", "volume"]
        where !(one.Data["TagSpecifications"]?.AsArray() ?? []).Any(tags => (string?)tags!["ResourceType"] == type && tags["Tags"]!.AsArray().Any(tag => (string?)tag!["Key"] == "eyeslots-cluster"))
        select $"{one.Name}: {type}";

    public static IEnumerable<string> TheMasterIsOnDemand(Templates all)
    {
        var master = all["cluster"].Resource("Master");
        if ((string?)master["Type"] != Instance) yield return "Master is not a single machine";
        if (all["cluster"].Properties("MasterTemplate")["LaunchTemplateData"]!["InstanceMarketOptions"] is not null) yield return "MasterTemplate has InstanceMarketOptions";
    }

    public static IEnumerable<string> WorkersHaveFourTypesOfOneShapeAndTwoZones(Templates all)
    {
        var workers = all["cluster"].Properties("Workers");
        var types = workers["MixedInstancesPolicy"]!["LaunchTemplate"]!["Overrides"]!.AsArray().Select(one => ((string)one!["InstanceType"]!).Split('.')).ToList();
        if (types.Select(type => type[0]).Distinct().Count() < 4 || types.Select(type => type[1]).Distinct().Count() != 1) yield return "types of workers";
        if (workers["VPCZoneIdentifier"]?.ToJsonString().Contains("-SubnetIds", StringComparison.Ordinal) != true) yield return "zones of workers";
        var zones = all["base"].Resources("AWS::EC2::Subnet").Select(subnet => subnet.Resource["Properties"]!["AvailabilityZone"]!.ToJsonString()).Distinct();
        if (zones.Count() < 2) yield return "zones of the network";
    }

    public static IEnumerable<string> ImagesAreParameters(Templates all) =>
        from template in all.Values
        from one in template.Resources(Instance).Select(one => (one.Name, Holder: one.Resource["Properties"]!))
            .Concat(template.Resources(Launch).Where(one => one.Name == "WorkerTemplate").Select(one => (one.Name, Holder: one.Resource["Properties"]!["LaunchTemplateData"]!)))
        where one.Holder["ImageId"] is not JsonObject image || (string?)template.Parameter((string)image["Ref"]!)["Type"] != "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>"
        select one.Name;

    public static IEnumerable<string> ParametersSayWhatTheyTake(Templates all) =>
        from template in all.Values
        from pair in template.Root["Parameters"]!.AsObject()
        let parameter = pair.Value!
        where string.IsNullOrWhiteSpace((string?)parameter["Description"])
            || (parameter["AllowedValues"] is null && parameter["AllowedPattern"] is null && (parameter["MinValue"] is null || parameter["MaxValue"] is null))
        select $"{template.Name}: {pair.Key}";

    internal static IEnumerable<(string Name, JsonObject Data)> LaunchData(Templates all) =>
        all.Values.SelectMany(template => template.Resources(Launch)).Select(one => (one.Name, one.Resource["Properties"]!["LaunchTemplateData"]!.AsObject()));

    private static IEnumerable<(string Name, JsonObject Properties)> Buckets(Templates all) =>
        all.Values.SelectMany(template => template.Resources(Bucket)).Select(one => (one.Name, one.Resource["Properties"]!.AsObject()));

    [GeneratedRegex("""Resource: "\*" # \S+ \S+ \S+""")]
    private static partial Regex WholeWithReason();
}
