using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.S3;
using Amazon.S3.Internal;
using Amazon.S3.Model;
using Amazon.S3.Model.Internal.MarshallTransformations;

namespace EyeSlots.Storage.S3.Network;

/// <summary>
/// The SDK's client with two differences. It takes an ETag for what it is, a name of a version: the SDK compares it with the content's MD5
/// unless the answer speaks of AWS's keys, which fails where another server encrypts, compresses or numbers its objects. And it gives the
/// answer to a listing unread.
/// </summary>
internal sealed class S3Client(AWSCredentials credentials, AmazonS3Config config) : AmazonS3Client(credentials, config)
{
    private static readonly InvokeOptions Unread = new() { RequestMarshaller = ListObjectsV2RequestMarshaller.Instance, ResponseUnmarshaller = new UnreadListing() };

    /// <summary>Asks for a page of a listing.</summary>
    public Task<ListingAnswer> ListPageAsync(ListObjectsV2Request request, CancellationToken cancellation) => InvokeAsync<ListingAnswer>(request, Unread, cancellation);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.RemoveHandler<AmazonS3ResponseHandler>();
    }

    private sealed class UnreadListing : ListObjectsV2ResponseUnmarshaller
    {
        public override bool HasStreamingProperty => true;

        public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext context) => new ListingAnswer { Body = context.Stream };
    }
}

/// <summary>A page of a listing as it comes.</summary>
internal sealed class ListingAnswer : AmazonWebServiceResponse, IDisposable
{
    /// <summary>The XML.</summary>
    public Stream Body { get; init; } = Stream.Null;

    /// <summary>Frees the connection, where all was read for further use.</summary>
    public void Dispose() => Body.Dispose();
}
