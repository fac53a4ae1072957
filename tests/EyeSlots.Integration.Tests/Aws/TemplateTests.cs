using System.Text.Json.Nodes;
using Templates = System.Collections.Generic.IReadOnlyDictionary<string, EyeSlots.Integration.Tests.Aws.ParsedTemplate>;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>What the templates must have: each rule holds, and finds a template that breaks it.</summary>
public sealed partial class TemplateTests
{
    [Fact]
    public void NoPolicy_AllowsAPatternOfActions() => Holds(TemplateRules.NoActionIsAPattern, all => Statement(all, "MasterRole")["Action"] = "s3:*", all => Statement(all, "OperatorPolicy")["Action"] = new JsonArray("iam:Pass*"));

    [Fact]
    public void EveryPolicyForAllResources_HasAWrittenReason() => Holds(TemplateRules.EveryWholeResourceHasAReason, all => Statement(all, "WorkerRole")["Resource"] = "*");

    [Fact]
    public void Metadata_NeedATokenAndLeaveNoMachine() => Holds(
        TemplateRules.MetadataNeedsAToken,
        all => Launch(all, "WorkerTemplate")["MetadataOptions"]!["HttpTokens"] = "optional",
        all => Launch(all, "MachineTemplate", "trainer")["MetadataOptions"]!["HttpPutResponseHopLimit"] = 2,
        all => Launch(all, "MasterTemplate").Remove("MetadataOptions"));

    [Fact]
    public void EveryMachine_StartsFromALaunchTemplate() => Holds(TemplateRules.EveryMachineStartsFromALaunchTemplate, all => all["cluster"].Properties("Master").Remove("LaunchTemplate"));

    [Fact]
    public void NoKeyNoShellNoAddress_LetsAnybodyIn() => Holds(
        TemplateRules.NobodyComesIn,
        all => Launch(all, "MasterTemplate")["KeyName"] = "mine",
        all => all["base"].Properties("FromOneAnother")["FromPort"] = 22,
        all => all["base"].Properties("FromOneAnother")["FromPort"] = 0,
        all => { all["base"].Properties("FromOneAnother").Remove("SourceSecurityGroupId"); all["base"].Properties("FromOneAnother")["CidrIp"] = "10.0.0.0/8"; },
        all => all["base"].Properties("SecurityGroup")["SecurityGroupIngress"] = new JsonArray());

    [Fact]
    public void Disks_AreEncrypted() => Holds(TemplateRules.DisksAreEncrypted, all => Launch(all, "WorkerTemplate")["BlockDeviceMappings"]![0]!["Ebs"]!["Encrypted"] = false, all => Launch(all, "MasterTemplate").Remove("BlockDeviceMappings"));

    [Fact]
    public void Buckets_AreEncryptedAndClosed() => Holds(
        TemplateRules.BucketsAreEncryptedAndClosed,
        all => all["base"].Properties("DataBucket").Remove("BucketEncryption"),
        all => all["base"].Properties("ArtifactBucket")["PublicAccessBlockConfiguration"]!["BlockPublicPolicy"] = false,
        all => all["base"].Properties("ArtifactBucket")["PublicAccessBlockConfiguration"]!.AsObject().Remove("IgnorePublicAcls"));

    [Fact]
    public void Buckets_AreReachedByTlsAlone() => Holds(TemplateRules.BucketsAreReachedByTlsAlone, all => all["base"].Root["Resources"]!.AsObject().Remove("DataBucketPolicy"), all => Statement(all, "ArtifactBucketPolicy", "Deny")["Effect"] = "Allow");

    [Fact]
    public void Lifecycles_EndUploadsMailboxesAndOldVersions() => Holds(
        TemplateRules.NothingIsKeptUnseen,
        all => Rules(all, "ArtifactBucket")[0]!["AbortIncompleteMultipartUpload"]!["DaysAfterInitiation"] = 7,
        all => Rules(all, "ArtifactBucket").RemoveAt(1),
        all => Rules(all, "DataBucket").RemoveAt(1));

    [Fact]
    public void Data_OutlivesTheStack() => Holds(TemplateRules.DataOutlivesTheStack, all => all["base"].Resource("DataBucket")["DeletionPolicy"] = "Delete", all => all["base"].Resource("DataBucket").Remove("UpdateReplacePolicy"));

    [Fact]
    public void LifeAndNumberOfMachines_AreBounded() => Holds(
        TemplateRules.LifeAndSizeAreBounded,
        all => all["cluster"].Parameter("LifetimeSeconds").Remove("MaxValue"),
        all => all["nightly"].Parameter("LifetimeSeconds")["MaxValue"] = 864000,
        all => all["cluster"].Parameter("MaxWorkers")["MaxValue"] = 1000,
        all => all["trainer"].Root["Parameters"]!.AsObject().Remove("LifetimeSeconds"));

    [Fact]
    public void MachinesAndDisks_BearTheTagOfTheirCluster() => Holds(
        TemplateRules.MachinesAndDisksAreTagged,
        all => Launch(all, "WorkerTemplate")["TagSpecifications"]!.AsArray().RemoveAt(1),
        all => Launch(all, "MasterTemplate")["TagSpecifications"]![0]!["Tags"]!.AsArray().RemoveAt(1));

    [Fact]
    public void TheMaster_IsNeverASpotMachine() => Holds(
        TemplateRules.TheMasterIsOnDemand,
        all => Launch(all, "MasterTemplate")["InstanceMarketOptions"] = new JsonObject { ["MarketType"] = "spot" },
        all => all["cluster"].Resource("Master")["Type"] = "AWS::AutoScaling::AutoScalingGroup");

    [Fact]
    public void Workers_HaveFourTypesOfOneShapeAndTwoZones() => Holds(
        TemplateRules.WorkersHaveFourTypesOfOneShapeAndTwoZones,
        all => Overrides(all).RemoveAt(0),
        all => Overrides(all)[0]!["InstanceType"] = "c7i.2xlarge",
        all => all["base"].Properties("SubnetB")["AvailabilityZone"] = all["base"].Properties("SubnetA")["AvailabilityZone"]!.DeepClone(),
        all => all["cluster"].Properties("Workers")["VPCZoneIdentifier"] = new JsonArray("subnet-1"));

    [Fact]
    public void Images_AreParametersOfTheParameterStore() => Holds(
        TemplateRules.ImagesAreParameters,
        all => all["cluster"].Properties("Master")["ImageId"] = "ami-12345678",
        all => Launch(all, "WorkerTemplate").Remove("ImageId"),
        all => all["trainer"].Parameter("ImageId")["Type"] = "String");

    [Fact]
    public void EveryParameter_SaysWhatItIsAndWhatItTakes() => Holds(
        TemplateRules.ParametersSayWhatTheyTake,
        all => all["base"].Parameter("VpcId").Remove("Description"),
        all => all["nightly"].Parameter("Schedule").Remove("AllowedPattern"),
        all => all["cluster"].Parameter("MaxWorkers").Remove("MinValue"));

    private static void Holds(Func<Templates, IEnumerable<string>> rule, params Action<Templates>[] breaks)
    {
        Assert.Empty(rule(ParsedTemplate.All()));
        foreach (var one in breaks)
        {
            var broken = ParsedTemplate.All();
            one(broken);
            Assert.NotEmpty(rule(broken));
        }
    }

    private static JsonObject Launch(Templates all, string name, string template = "cluster") => all[template].Properties(name)["LaunchTemplateData"]!.AsObject();

    private static JsonArray Rules(Templates all, string bucket) => all["base"].Properties(bucket)["LifecycleConfiguration"]!["Rules"]!.AsArray();

    private static JsonArray Overrides(Templates all) => all["cluster"].Properties("Workers")["MixedInstancesPolicy"]!["LaunchTemplate"]!["Overrides"]!.AsArray();

    private static JsonObject Statement(Templates all, string owner, string effect = "Allow") => effect == "Allow"
        ? all["base"].Allowed().First(one => one.Owner == owner && one.Statement["Resource"] is not null).Statement
        : all["base"].Properties(owner)["PolicyDocument"]!["Statement"]![0]!.AsObject();
}
