using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.Requests;
using EyeSlots.Storage.S3;

namespace EyeSlots.Aws.Clusters;

/// <summary>An account and a region of it, with all that commands on clusters ask there.</summary>
public sealed class ClusterAccount : IDisposable
{
    /// <summary>Asks nobody yet.</summary>
    /// <param name="access">Who asks, and where; ended with this.</param>
    public ClusterAccount(AwsAccess access)
        : this(access, new CloudFormationClient(access))
    {
    }

    internal ClusterAccount(AwsAccess access, ICloudFormation stacks) => (Access, Stacks, Stores) = (access, stacks, access.OpenStores());

    /// <summary>Who asks.</summary>
    public AwsAccess Access { get; }

    /// <summary>Its stacks.</summary>
    public ICloudFormation Stacks { get; }

    /// <summary>Its buckets, and folders of this machine.</summary>
    public ObjectStoreFactory Stores { get; }

    /// <summary>The region.</summary>
    public string Region => Access.Region;

    /// <summary>The clock.</summary>
    public TimeProvider Time => Access.Time;

    /// <summary>Makes, changes and deletes stacks.</summary>
    public StackLife Life => new(Stacks, Time);

    /// <inheritdoc/>
    public void Dispose()
    {
        Stores.Dispose();
        Access.Dispose();
    }
}
